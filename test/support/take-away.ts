export interface Absence {
  /** What this browser does not have. */
  name: string;
  /** Runs in the page before anything else. */
  take: () => void;
  /** A call is one of the things that it might break. */
  call?: true;
}

/**
 * What some browser at or above the floor lacks, or keeps from a page. A function of style sheets cannot be taken out of a
 * browser, so the sheets are made to name one that it does not know: it then does with them what an older one would.
 */
export const ABSENCES: readonly Absence[] = [
  {
    name: 'AbortSignal.any and .timeout',
    call: true,
    take: () => {
      Reflect.deleteProperty(AbortSignal, 'any');
      Reflect.deleteProperty(AbortSignal, 'timeout');
    },
  },
  {
    name: 'light-dark(), :dir(), :has(), field-sizing, text-wrap, content-visibility and scrollbar-width',
    take: () => {
      const replaceSync = CSSStyleSheet.prototype.replaceSync;
      CSSStyleSheet.prototype.replaceSync = function (css) {
        const newer =
          /light-dark(?=\()|:(?:dir|has)(?=\()|(?:field-sizing|text-wrap|content-visibility|contain-intrinsic-size|scrollbar-width)(?=:)/g;
        replaceSync.call(
          this,
          css.replace(newer, (name) => `${name.match(/^:*/)?.[0]}-unknown-${name.replace(':', '')}`),
        );
      };
    },
  },
  {
    name: 'popover',
    take: () => {
      for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover'])
        Reflect.deleteProperty(HTMLElement.prototype, name);
    },
  },
  {
    name: 'constructed sheets',
    call: true,
    take: () => {
      for (const scope of [Document.prototype, ShadowRoot.prototype])
        Reflect.deleteProperty(scope, 'adoptedStyleSheets');
      Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync');
    },
  },
  {
    name: 'replaceSync',
    take: () => void Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync'),
  },
  {
    name: 'navigator.locks',
    call: true,
    take: () => void Reflect.deleteProperty(Navigator.prototype, 'locks'),
  },
  {
    name: 'navigator.permissions',
    call: true,
    take: () => void Reflect.deleteProperty(Navigator.prototype, 'permissions'),
  },
  {
    name: 'the name of the microphone, in navigator.permissions',
    call: true,
    take: () => {
      navigator.permissions.query = () => Promise.reject(new TypeError("'microphone' is not a valid value"));
    },
  },
  {
    name: 'a permission question that does not throw at once',
    call: true,
    take: () => {
      navigator.permissions.query = () => {
        throw new TypeError("'microphone' is not a valid value");
      };
    },
  },
  {
    name: 'storage that may be touched',
    call: true,
    take: () => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
    },
  },
  {
    name: 'storage with any room',
    call: true,
    take: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    },
  },
  {
    name: 'storage at all',
    take: () => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { value: null });
    },
  },
  {
    name: 'BroadcastChannel',
    call: true,
    take: () => void Reflect.deleteProperty(window, 'BroadcastChannel'),
  },
  {
    name: 'a BroadcastChannel that opens',
    call: true,
    take: () => {
      window.BroadcastChannel = function () {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      } as unknown as typeof BroadcastChannel;
    },
  },
  {
    name: 'ResizeObserver, IntersectionObserver and visualViewport',
    take: () => {
      for (const name of ['ResizeObserver', 'IntersectionObserver', 'visualViewport'])
        Reflect.deleteProperty(window, name);
    },
  },
  { name: 'matchMedia', call: true, take: () => void Reflect.deleteProperty(window, 'matchMedia') },
  {
    name: 'requestIdleCallback and scheduler',
    take: () => {
      for (const name of ['requestIdleCallback', 'cancelIdleCallback', 'scheduler'])
        Reflect.deleteProperty(window, name);
    },
  },
  {
    name: 'navigator.wakeLock, .connection, .userActivation and .clipboard',
    call: true,
    take: () => {
      for (const name of ['wakeLock', 'connection', 'userActivation', 'clipboard', 'userAgentData'])
        Reflect.deleteProperty(Navigator.prototype, name);
    },
  },
  {
    name: 'setSinkId and AudioContext',
    call: true,
    take: () => {
      Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
      for (const name of ['AudioContext', 'OfflineAudioContext', 'AudioWorkletNode'])
        Reflect.deleteProperty(window, name);
    },
  },
  {
    name: 'navigator.mediaDevices',
    take: () => void Reflect.deleteProperty(Navigator.prototype, 'mediaDevices'),
  },
  {
    name: 'CSS, trustedTypes and ClipboardItem',
    take: () => {
      for (const name of ['CSS', 'trustedTypes', 'ClipboardItem', 'CloseWatcher'])
        Reflect.deleteProperty(window, name);
    },
  },
  {
    name: 'streams that can be iterated',
    call: true,
    take: () => {
      Reflect.deleteProperty(ReadableStream.prototype, Symbol.asyncIterator);
      Reflect.deleteProperty(ReadableStream.prototype, 'values');
      Reflect.deleteProperty(ReadableStream, 'from');
      for (const name of [
        'TextDecoderStream',
        'TextEncoderStream',
        'CompressionStream',
        'DecompressionStream',
      ])
        Reflect.deleteProperty(window, name);
    },
  },
  {
    name: 'structuredClone, crypto.randomUUID, WeakRef and FinalizationRegistry',
    call: true,
    take: () => {
      Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
      for (const name of ['structuredClone', 'WeakRef', 'FinalizationRegistry'])
        Reflect.deleteProperty(window, name);
    },
  },
  {
    name: 'what Intl can do beyond numbers and dates',
    take: () => {
      for (const name of ['Segmenter', 'DurationFormat', 'ListFormat', 'DisplayNames', 'supportedValuesOf'])
        Reflect.deleteProperty(Intl, name);
    },
  },
  {
    name: 'what elements have learnt: checkVisibility, inert, aria…, setHTML',
    take: () => {
      for (const name of [
        'checkVisibility',
        'ariaHidden',
        'ariaLabel',
        'setHTMLUnsafe',
        'getHTML',
        'moveBefore',
      ])
        Reflect.deleteProperty(Element.prototype, name);
      Reflect.deleteProperty(HTMLElement.prototype, 'inert');
      Reflect.deleteProperty(Element.prototype, 'moveBefore');
    },
  },
  {
    name: 'what the language has learnt since 2023',
    call: true,
    take: () => {
      const gone: [owner: object, ...names: string[]][] = [
        [Promise, 'withResolvers', 'try'],
        [Object, 'groupBy'],
        [Map, 'groupBy'],
        [Array, 'fromAsync'],
        [URL, 'canParse', 'parse'],
        [RegExp, 'escape'],
        [Error, 'isError'],
        [String.prototype, 'isWellFormed', 'toWellFormed'],
        [ArrayBuffer.prototype, 'transfer', 'transferToFixedLength', 'resize'],
        [Uint8Array, 'fromBase64', 'fromHex'],
        [Uint8Array.prototype, 'toBase64', 'toHex'],
        [
          Set.prototype,
          'union',
          'intersection',
          'difference',
          'isSubsetOf',
          'isSupersetOf',
          'isDisjointFrom',
        ],
        [window, 'Iterator', 'Float16Array', 'Temporal', 'URLPattern', 'Observable'],
        [URLSearchParams.prototype, 'size'],
      ];
      for (const [owner, ...names] of gone) for (const name of names) Reflect.deleteProperty(owner, name);
    },
  },
];
