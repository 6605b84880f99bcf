import { StrictMode, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import type { OsmtalkWidget } from 'osmtalk-widget';
import 'osmtalk-widget/react';

/** Strict mode runs the effect, undoes it and runs it again. */
function Caller() {
  const widget = useRef<OsmtalkWidget>(null);
  useEffect(() => {
    void widget.current?.startCall();
  }, []);
  return (
    <osmtalk-widget
      ref={widget}
      agent-id="agent_receptionist"
      api-key="osm_demo"
      base-url="http://localhost:4002"
    />
  );
}

const root = document.querySelector('#app');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Caller />
    </StrictMode>,
  );
