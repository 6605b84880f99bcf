// Lets the widget get as far as the microphone, and a bit further: a peer that never connects.
if (!('RTCPeerConnection' in window)) {
  class RTCPeerConnection extends EventTarget {
    constructor(c) {
      super();
      this.connectionState = 'new';
      this.iceConnectionState = 'new';
      this.iceGatheringState = 'new';
      this.signalingState = 'stable';
      (window.peers ??= []).push(this);
    }
    createDataChannel() {
      const d = new EventTarget();
      d.readyState = 'connecting';
      d.close = () => {};
      d.send = () => {};
      return d;
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
    async setLocalDescription(d) {
      this.localDescription = d;
    }
    async setRemoteDescription() {}
    async addIceCandidate() {}
    async getStats() {
      return new Map();
    }
    close() {
      this.connectionState = 'closed';
    }
    setConfiguration() {}
    getConfiguration() {
      return {};
    }
    restartIce() {}
  }
  window.RTCPeerConnection = RTCPeerConnection;
  window.RTCSessionDescription = class {
    constructor(d) {
      Object.assign(this, d);
    }
  };
  window.RTCIceCandidate = class {
    constructor(d) {
      Object.assign(this, d);
    }
  };
}
