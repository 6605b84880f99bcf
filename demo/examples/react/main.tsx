import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'osmtalk-widget/react';

const variables = { 'first name': 'Ada' };

function App() {
  const [shown, setShown] = useState(true);
  const [status, setStatus] = useState('Not talked yet');
  return (
    <>
      <p id="status">{status}</p>
      <button type="button" onClick={() => setShown(!shown)}>
        Hide or show the widget
      </button>
      {shown && (
        <osmtalk-widget
          agent-id="agent_receptionist"
          api-key="osm_demo"
          base-url="http://localhost:4002"
          dynamicVariables={variables}
          onosmtalk-open={() => setStatus('Open')}
          onosmtalk-call-end={(event) => setStatus(event.detail.connected ? 'Talked' : 'No call')}
        />
      )}
    </>
  );
}

const root = document.querySelector('#app');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
