/** What the visitor has decided so far; `unknown` where the browser does not tell. */
export async function microphonePermission(): Promise<PermissionState | 'unknown'> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    // Firefox before 131 and some WebViews do not know the name.
    return 'unknown';
  }
}
