/**
 * Calls `onGranted` when the visitor allows the microphone later, in the browser's settings, until `signal` aborts. Never
 * rejects.
 */
export async function watchMicrophonePermission(signal: AbortSignal, onGranted: () => void): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: 'microphone' });
    status.addEventListener('change', () => status.state === 'granted' && onGranted(), { signal });
  } catch {
    // This browser does not report the permission; "Try again" asks for the microphone again.
  }
}
