import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { AudioDevice } from '../../voice/devices.js';
import { icons } from '../../ui/icons.js';

export interface DevicesWords {
  devices: string;
  microphone: string;
  speaker: string;
  volume: string;
  systemDefault: string;
}

export interface DevicesModel {
  microphones: readonly AudioDevice[];
  speakers: readonly AudioDevice[];
  /** `''` is the system's default; also for `speakerId`. */
  microphoneId: string;
  speakerId: string;
  canChooseSpeaker: boolean;
  canSetVolume: boolean;
  /** The agent's volume, 0 to 100. */
  volume: number;
  words: DevicesWords;
  onMicrophone: (deviceId: string) => void;
  onSpeaker: (deviceId: string) => void;
  onVolume: (volume: number) => void;
}

/** Renders the choice of microphone, speaker and volume, folded away until the visitor opens it. */
export function devicesView(model: DevicesModel): TemplateResult {
  const { words } = model;
  return html`<details class="devices">
    <summary>${icons.sound}<span>${words.devices}</span></summary>
    <div class="settings">
      <label for="osmtalk-microphone">${words.microphone}</label>
      ${picker('osmtalk-microphone', model.microphones, model.microphoneId, words, model.onMicrophone)}
      ${
        model.canChooseSpeaker
          ? html`<label for="osmtalk-speaker">${words.speaker}</label>
              ${picker('osmtalk-speaker', model.speakers, model.speakerId, words, model.onSpeaker)}`
          : nothing
      }
      ${
        model.canSetVolume
          ? html`<label for="osmtalk-volume">${words.volume}</label>
              <input
                id="osmtalk-volume"
                type="range"
                min="0"
                max="100"
                .value=${live(String(model.volume))}
                @input=${(event: Event) => model.onVolume((event.target as HTMLInputElement).valueAsNumber)}
              />`
          : nothing
      }
    </div>
  </details>`;
}

function picker(
  id: string,
  devices: readonly AudioDevice[],
  chosenId: string,
  words: DevicesWords,
  onChoose: (deviceId: string) => void,
): TemplateResult {
  const shown = devices.some((device) => device.deviceId === chosenId) ? chosenId : '';
  const all = [{ deviceId: '', label: words.systemDefault }, ...devices];
  // Sets `selected` of the options: the `value` of a select has no effect before its options exist.
  return html`<select
    id=${id}
    @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}
  >
    ${all.map(({ deviceId, label }) => html`<option value=${deviceId} .selected=${live(deviceId === shown)}>${label}</option>`)}
  </select>`;
}
