// No WebKit but Apple's own has WebRTC. With this, the widget comes as far as the microphone and a peer that never connects.
if (!('RTCPeerConnection' in window)) {
  class RTCPeerConnection extends EventTarget {
    connectionState = 'new';
    iceConnectionState = 'new';
    iceGatheringState = 'new';
    signalingState = 'stable';
    createDataChannel() {
      return Object.assign(new EventTarget(), { readyState: 'connecting', close() {}, send() {} });
    }
    addTransceiver() {
      return { sender: { replaceTrack: async () => {} }, receiver: {}, direction: 'sendrecv' };
    }
    addTrack() {
      return {};
    }
    getSenders() {
      return [];
    }
    getReceivers() {
      return [];
    }
    getTransceivers() {
      return [];
    }
    async createOffer() {
      return { type: 'offer', sdp: 'v=0\r\n' };
    }
    async createAnswer() {
      return { type: 'answer', sdp: 'v=0\r\n' };
    }
    async setLocalDescription(description) {
      this.localDescription = description;
    }
    async setRemoteDescription() {}
    async addIceCandidate() {}
    async getStats() {
      return new Map();
    }
    setConfiguration() {}
    getConfiguration() {
      return {};
    }
    restartIce() {}
    close() {
      this.connectionState = 'closed';
    }
  }
  /** Of what it is made from. */
  function Copy(fields) {
    Object.assign(this, fields);
  }
  Object.assign(window, { RTCPeerConnection, RTCSessionDescription: Copy, RTCIceCandidate: Copy });
}
