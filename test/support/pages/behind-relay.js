// The widget's attributes stand in the address.
const element = document.querySelector('osmtalk-widget');
for (const [name, value] of new URLSearchParams(location.search)) element.setAttribute(name, value);
