import type { RTCPeerConnection } from 'werift';

type Pair = RTCPeerConnection['iceTransports'][number]['connection']['checkList'][number];

type Address = readonly [host: string, port: number];

/** A UDP socket of werift's, as it really is: the last one is not in its types. */
interface Socket {
  sendStun(message: unknown, address: Address): Promise<void>;
  sendData(data: unknown, address: Address): Promise<void>;
  datagramReceived(data: unknown, address: Address): void;
}

/** Its part that finds the way, as it really is: the sockets are not in its types either. */
interface Ice {
  checkList: { remoteAddr: Address }[];
  remoteCandidates: { host: string; port: number }[];
  protocols: Socket[];
}

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

/**
 * Nothing comes from the addresses that the caller has used so far, and nothing goes to them, for good: their network has
 * changed, and only candidates that are found from now on are any use.
 */
export function strand(connection: RTCPeerConnection): void {
  const ices = connection.iceTransports.map(({ connection: ice }) => ice as unknown as Ice);
  const stranded = new Set(
    ices.flatMap(({ checkList, remoteCandidates }) => [
      ...checkList.map(({ remoteAddr }) => remoteAddr.join(' ')),
      ...remoteCandidates.map(({ host, port }) => `${host} ${port}`),
    ]),
  );
  for (const socket of ices.flatMap(({ protocols }) => protocols)) {
    const isStranded = (address: Address): boolean => stranded.has(address.join(' '));
    const sendStun = socket.sendStun.bind(socket);
    const sendData = socket.sendData.bind(socket);
    const receive = socket.datagramReceived.bind(socket);
    socket.sendStun = async (message, address) => {
      if (!isStranded(address)) await sendStun(message, address);
    };
    socket.sendData = async (data, address) => {
      if (!isStranded(address)) await sendData(data, address);
    };
    socket.datagramReceived = (data, address) => {
      if (!isStranded(address)) receive(data, address);
    };
  }
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
