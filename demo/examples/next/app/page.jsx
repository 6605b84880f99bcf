'use client';

import { useCallback, useState } from 'react';
import 'osmtalk-widget';

export default function Page() {
  const [shown, setShown] = useState(true);
  const [status, setStatus] = useState('Not talked yet');

  // Not in the tag: React forgets objects and listeners of a custom element that came from the server,
  // https://github.com/facebook/react/issues/35446
  const setUp = useCallback((widget) => {
    widget.dynamicVariables = { 'first name': 'Ada' };
    const unmounted = new AbortController();
    const { signal } = unmounted;
    widget.addEventListener('osmtalk-open', () => setStatus('Open'), { signal });
    widget.addEventListener(
      'osmtalk-call-end',
      (event) => setStatus(event.detail.connected ? 'Talked' : 'No call'),
      { signal },
    );
    return () => unmounted.abort();
  }, []);

  return (
    <>
      <p id="status">{status}</p>
      <button type="button" onClick={() => setShown(!shown)}>
        Hide or show the widget
      </button>
      {shown && (
        <osmtalk-widget
          ref={setUp}
          agent-id="agent_receptionist"
          api-key="osm_demo"
          base-url="http://localhost:4002"
        />
      )}
    </>
  );
}
