// Kinds of vehicles, plates and behaviours, in the words of the statutes.
export const vehicle = {
  kind: {
    car: ['ô tô con', 'car'],
    truck: ['xe tải', 'truck'],
    bus: ['xe khách', 'coach'],
    motorcycle: ['xe mô tô', 'motorcycle'],
    bicycle: ['xe đạp', 'bicycle'],
    vehicle: ['phương tiện', 'vehicle'],
  },
  colour: {
    white: ['trắng', 'white'],
    yellow: ['vàng', 'yellow'],
    blue: ['xanh', 'blue'],
    red: ['đỏ', 'red'],
  },
  behaviour: {
    'C-WRONGWAY': ['Đi ngược chiều của đường một chiều, đi ngược chiều trên đường có biển “Cấm đi ngược chiều” (ô tô)', 'Wrong way (car)'],
    'M-WRONGWAY': ['Đi ngược chiều của đường một chiều, đi ngược chiều trên đường có biển “Cấm đi ngược chiều” (xe mô tô)', 'Wrong way (motorcycle)'],
  },
} as const;
