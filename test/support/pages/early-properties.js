const element = document.querySelector('osmtalk-widget');
element.launcherLabel = 'Set early';
element.heading = 'Early heading';
element.agentId = 'agent_receptionist';
