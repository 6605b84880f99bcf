/** The text streams that LiveKit's agents and clients agree on. */
export const transcriptionTopic = 'lk.transcription';
export const chatTopic = 'lk.chat';
/** A data packet, from before there were text streams. */
export const oldChatTopic = 'lk-chat-topic';
/** A byte stream. */
export const firstWordsTopic = 'lk.agent.pre-connect-audio-buffer';
