import { type SpeechLineName, speechLine } from '../speech/speech-lines.js';

export interface ScriptedReply {
  text: string;
  /** The recorded line that says it, where there is one. */
  line?: SpeechLineName;
}

interface Topic {
  line: SpeechLineName;
  asks: RegExp;
}

const topics: readonly Topic[] = [
  { line: 'hours', asks: /\b(hours?|open(ing)?|clos(e|ed|ing)|when are you|saturday|sunday|weekend)\b/i },
  { line: 'prices', asks: /\b(prices?|costs?|how much|expensive|fees?|insurance|insurer)\b/i },
  { line: 'booked', asks: /\b(tuesday|ten|that suits|suits me|sounds good|yes)\b/i },
  {
    line: 'appointment',
    asks: /\b(appointments?|book(ing)?|visit|check-?up|cleaning|slot|see (the|a) dentist)\b/i,
  },
  { line: 'person', asks: /\b(person|human|someone|somebody|colleague|real|call me back)\b/i },
  { line: 'goodbye', asks: /\b(bye|goodbye|see you)\b/i },
  { line: 'thanks', asks: /\b(thanks?|thank you|cheers)\b/i },
  { line: 'hello', asks: /\b(hello|hi|hey|good (morning|afternoon|evening))\b/i },
];

const nameGiven = /\b(?:my name is|i am called|call me)\s+([\p{L}][\p{L}'-]*)/iu;
const nameAsked = /\b(what(?:'s| is) my name|who am i|remember me)\b/i;
const firstAsked = /\bwhat (?:did|was) (?:i|my) (?:ask|say|first)/i;

/** What a caller who was heard but not understood is told, turn by turn. */
const spokenTurnLines: readonly SpeechLineName[] = ['heard', 'hours', 'appointment', 'prices', 'person'];

/** The receptionist's side of one conversation: it knows a few topics, and remembers a name and the first question. */
export class ReceptionistScript {
  #visitorName: string | undefined;
  #firstQuestion: string | undefined;
  #spokenTurns = 0;

  answer(question: string): ScriptedReply {
    const first = this.#firstQuestion;
    this.#firstQuestion ??= question;
    if (firstAsked.test(question)) {
      return {
        text: first === undefined ? 'This is the first thing you asked.' : `First you asked: "${first}"`,
      };
    }
    if (nameAsked.test(question)) {
      return {
        text: this.#visitorName ? `You are ${this.#visitorName}.` : 'You have not told me your name yet.',
      };
    }
    const name = nameGiven.exec(question)?.[1];
    if (name) {
      this.#visitorName = name;
      return { text: `Nice to meet you, ${name}. What can I do for you?` };
    }
    return this.#fromTopics(question);
  }

  /** There is no speech recognition here, so that the answer to a spoken turn cannot depend on its words. */
  answerSpokenTurn(): ScriptedReply {
    const line = spokenTurnLines[this.#spokenTurns % spokenTurnLines.length] ?? 'heard';
    this.#spokenTurns += 1;
    return fromLine(line);
  }

  #fromTopics(question: string): ScriptedReply {
    const topic = topics.find(({ asks }) => asks.test(question));
    const reply = fromLine(topic?.line ?? 'unsure');
    if (!this.#visitorName || !topic) return reply;
    // A recorded line cannot hold a name: in text it does, and the voice says the rest.
    return { ...reply, text: `${this.#visitorName}, ${lowerFirst(reply.text)}` };
  }
}

function fromLine(line: SpeechLineName): ScriptedReply {
  return { text: speechLine(line).text, line };
}

function lowerFirst(text: string): string {
  return /^I\b/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
