import type { RTCPeerConnection } from 'werift';

type Pair = RTCPeerConnection['iceTransports'][number]['connection']['checkList'][number];

/**
 * Takes a connection off the network: no packet comes in or goes out, connectivity checks included. Data that must
 * arrive is sent again afterwards, by SCTP. Answers the function that plugs it in again.
 */
export function unplug(connection: RTCPeerConnection): () => void {
  const pairs = connection.iceTransports.flatMap((transport) => transport.connection.checkList);
  const sockets = new Set(pairs.map((pair) => pair.protocol));
  const plugIns = [...sockets].map(silence);
  return () => {
    for (const plugIn of plugIns) plugIn();
  };
}

function silence(socket: Pair['protocol']): () => void {
  const { sendStun, sendData, onDataReceived, onRequestReceived } = socket;
  const receiveData = onDataReceived.execute;
  const receiveRequest = onRequestReceived.execute;
  socket.sendStun = async () => {};
  socket.sendData = async () => {};
  onDataReceived.execute = () => {};
  onRequestReceived.execute = () => {};
  return () => {
    socket.sendStun = sendStun;
    socket.sendData = sendData;
    onDataReceived.execute = receiveData;
    onRequestReceived.execute = receiveRequest;
  };
}
