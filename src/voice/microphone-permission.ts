/** What the visitor has decided about the microphone so far; `unknown` where the browser does not tell. Never rejects. */
export async function microphonePermission(): Promise<PermissionState | 'unknown'> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    // Firefox before 131 and some WebViews do not know the name `microphone`.
    return 'unknown';
  }
}
