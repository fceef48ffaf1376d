// Offends: no-console
console.log('x');
