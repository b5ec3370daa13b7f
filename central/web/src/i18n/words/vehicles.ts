// Phương tiện: passes of vehicles at one place and day.
export const vehicles = {
  title: ['Phương tiện', 'Vehicles'],
  start: ['Chọn địa điểm và ngày. Mỗi lần tra cứu một địa điểm, một ngày. Việc tra cứu được ghi nhật ký.', 'Choose a place and a day: one place and one day at a time. The look-up is on record.'],
  plate: ['Biển số, hoặc năm ký tự cuối', 'Plate, or its last five characters'],
  plateHint: ['Để trống để xem mọi lượt xe. Không dùng ký tự đại diện.', 'Leave it empty to see every pass. No wildcards.'],
  none: ['Không có lượt xe nào.', 'No vehicle passed.'],
  kind: ['Loại xe', 'Kind'],
  colour: ['Màu biển số', 'Plate colour'],
  read: ['Biển số đọc được', 'Plate as read'],
  unreadable: ['không đọc được biển số', 'plate unreadable'],
  confidence: ['Độ tin cậy {{share}}', 'Confidence {{share}}'],
  alternatives: ['Có thể là', 'May also be'],
  suggestion: ['Kết quả đọc là gợi ý của hệ thống – cần cán bộ xác minh.', 'The reading is a suggestion of the system – an officer has to verify.'],
  open: ['Xem lượt xe {{time}}', 'Open the pass at {{time}}'],
  frame: ['Hình ảnh đúng thời điểm đọc', 'The very moment of the reading'],
  crop: ['Ảnh biển số', 'Plate'],
} as const;
