import axe from 'axe-core';
import { html, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { adoptLauncherStyles } from '../../src/element/styles/adopt-launcher-styles.js';
import { createStyleSheet } from '../../src/ui/adopt-styles.js';
import { devicesStyles } from '../../src/panel/call/devices-styles.js';
import { panelStyles } from '../../src/panel/panel-styles.js';
import { devicesView, type DevicesModel } from '../../src/panel/call/devices-view.js';

afterEach(() => document.body.replaceChildren());

const WORDS = {
  devices: 'Sound settings',
  microphone: 'Microphone',
  speaker: 'Speaker',
  volume: 'Volume',
  systemDefault: 'System default',
};

const builtIn = { deviceId: 'mic_1', label: 'Built-in' };
const headset = { deviceId: 'mic_2', label: 'Headset' };
const longName = 'Speakers of a monitor whose maker gave it a very long name (0123:4567)';

/** The view as it stands in the panel: inside a shadow root, with all its sheets. */
function mount(changes: Partial<DevicesModel> = {}, theme = 'light') {
  let model: DevicesModel = {
    microphones: [builtIn, headset],
    speakers: [{ deviceId: 'out_1', label: longName }],
    microphoneId: 'mic_2',
    speakerId: '',
    canChooseSpeaker: true,
    canSetVolume: true,
    volume: 70,
    words: WORDS,
    onMicrophone: vi.fn<(deviceId: string) => void>(),
    onSpeaker: vi.fn<(deviceId: string) => void>(),
    onVolume: vi.fn<(volume: number) => void>(),
    ...changes,
  };
  const host = document.createElement('main');
  const shadow = host.attachShadow({ mode: 'open' });
  adoptLauncherStyles(shadow)?.('floating');
  shadow.adoptedStyleSheets.push(...[panelStyles, devicesStyles].map(createStyleSheet));
  document.body.append(host);
  const show = (next: Partial<DevicesModel> = {}): void => {
    model = { ...model, ...next };
    const panel = html`<div class="panel"><div class="controls">${devicesView(model)}</div></div>`;
    render(
      html`<div
        class="root"
        data-layout="floating"
        data-raised
        data-placement="bottom-right"
        data-theme=${theme}
        data-open
      >
        <div class="panel-place">${panel}</div>
      </div>`,
      shadow,
    );
  };
  show();
  return { model, shadow, show };
}

const summary = page.getByText('Sound settings');
const microphone = page.getByRole('combobox', { name: 'Microphone' });
const speaker = page.getByRole('combobox', { name: 'Speaker' });
const volume = page.getByRole('slider', { name: 'Volume' });

test('is folded away, opens with pointer or keyboard, and stays open when the panel renders again', async () => {
  const { show } = mount();
  await expect.element(volume).not.toBeInTheDocument();
  await summary.click();
  await expect.element(volume).toBeVisible();
  show({ volume: 10 });
  await expect.element(volume).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(volume).not.toBeInTheDocument();
});

test('shows what is chosen; a device that is gone is the default of the system', async () => {
  const { show } = mount();
  await summary.click();
  await expect.element(microphone).toHaveDisplayValue('Headset');
  await expect.element(speaker).toHaveDisplayValue('System default');
  await expect.element(volume).toHaveValue('70');
  show({ microphones: [builtIn] });
  await expect.element(microphone).toHaveDisplayValue('System default');
  show({ microphones: [builtIn, headset], speakerId: 'out_1', volume: 0 });
  await expect.element(microphone).toHaveDisplayValue('Headset');
  await expect.element(speaker).toHaveDisplayValue(longName);
  await expect.element(volume).toHaveValue('0');
});

test('tells what the visitor chooses', async () => {
  const { model } = mount();
  await summary.click();
  await userEvent.selectOptions(microphone, 'Built-in');
  await userEvent.selectOptions(speaker, longName);
  await userEvent.selectOptions(microphone, 'System default');
  expect(vi.mocked(model.onMicrophone).mock.calls).toEqual([['mic_1'], ['']]);
  expect(vi.mocked(model.onSpeaker).mock.calls).toEqual([['out_1']]);
  (volume.element() as HTMLElement).focus();
  await userEvent.keyboard('{End}{Home}');
  expect(vi.mocked(model.onVolume).mock.calls).toEqual([[100], [0]]);
});

test('goes back to what is true when a choice could not be had', async () => {
  const { show } = mount();
  await summary.click();
  for (const wanted of ['Built-in', 'System default']) {
    await userEvent.selectOptions(microphone, wanted);
    await expect.element(microphone).toHaveDisplayValue(wanted);
    show();
    await expect.element(microphone).toHaveDisplayValue('Headset');
  }
});

test('offers no speaker where none can be chosen, and the default before anything is known', async () => {
  mount({ canChooseSpeaker: false, microphones: [], microphoneId: '' });
  await summary.click();
  await expect.element(speaker).not.toBeInTheDocument();
  await expect.element(microphone).toHaveTextContent('System default');
});

test('a name of a device is text', async () => {
  mount({ microphones: [{ deviceId: 'mic_2', label: '<img src=x onerror=alert(1)>' }] });
  await summary.click();
  await expect.element(microphone).toHaveDisplayValue('<img src=x onerror=alert(1)>');
});

test('fits into a narrow panel, whatever the devices are called', async () => {
  await page.viewport(320, 568);
  const { shadow } = mount({ speakerId: 'out_1' });
  await summary.click();
  await expect.element(volume).toBeVisible();
  const edge = boxOf(shadow.querySelector('.panel'));
  for (const control of [microphone, speaker, volume]) {
    const box = boxOf(control.element());
    expect(box.left).toBeGreaterThanOrEqual(edge.left);
    expect(box.right).toBeLessThanOrEqual(edge.right);
    expect(box.height).toBeGreaterThanOrEqual(24);
  }
  await page.viewport(1000, 800);
});

for (const theme of ['light', 'dark']) {
  test(`no accessibility violation, folded and open, ${theme}`, async () => {
    const { shadow } = mount({}, theme);
    await Promise.all(shadow.getAnimations().map((each) => each.finished));
    expect(await violations()).toEqual([]);
    await summary.click();
    await expect.element(volume).toBeVisible();
    expect(await violations()).toEqual([]);
  });
}

function boxOf(element: Element | null): DOMRect {
  if (!element) throw new Error('Not there');
  return element.getBoundingClientRect();
}

async function violations(): Promise<string[]> {
  const { violations: found, passes } = await axe.run('main', {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}
