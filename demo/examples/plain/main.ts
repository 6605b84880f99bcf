import 'osmtalk-widget';

const widget = document.querySelector('osmtalk-widget');
const status = document.querySelector('#status');
if (!widget || !status) throw new Error('The page has lost its widget');

widget.dynamicVariables = { 'first name': 'Ada' };
widget.addEventListener('osmtalk-open', () => (status.textContent = 'Open'));
widget.addEventListener('osmtalk-call-end', (event) => {
  status.textContent = event.detail.connected ? 'Talked' : 'No call';
});
document.querySelector('button')?.addEventListener('click', () => {
  if (widget.isConnected) widget.remove();
  else document.body.append(widget);
});
