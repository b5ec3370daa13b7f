// Nhật ký truy cập: who looked at what and why, a day at a time.
export const audit = {
  title: ['Nhật ký truy cập', 'Audit log'],
  none: ['Không có bản ghi nào trong ngày này.', 'No record on this day.'],
  holds: ['Chuỗi bản ghi của ngày này nguyên vẹn.', 'The chain of this day holds.'],
  broken: ['Chuỗi bản ghi không nguyên vẹn:', 'The chain does not hold:'],
  check: ['Kiểm tra chuỗi', 'Check the chain'],
  checkOf: ['Kiểm tra chuỗi bản ghi ngày {{day}}', 'Check of the chain of {{day}}'],
  checked: ['Đã kiểm tra {{count}} bản ghi: không bản ghi nào bị sửa, thiếu, thừa hay đổi chỗ.', '{{count}} records checked: none was changed, missing, added or moved.'],
  root: {
    open: ['Ngày này chưa được ký khóa sổ (ngày chưa kết thúc, hoặc sẽ được ký sau nửa đêm).', 'The day is not signed yet (it is not over, or will be signed after midnight).'],
    signed: ['Kết quả khớp với chữ ký khóa sổ của ngày.', 'It ends as the signed root of the day says.'],
    differs: ['Kết quả KHÁC với chữ ký khóa sổ của ngày: bản ghi đã bị thay đổi sau khi ký.', 'It does NOT end as the signed root of the day says: records were changed after it was signed.'],
  },
  seq: ['Số', 'No.'],
  who: ['Ai', 'Who'],
  action: ['Việc', 'Action'],
  object: ['Đối tượng, địa điểm', 'What, where'],
  detail: ['Lý do, chi tiết', 'Reason, detail'],
  itself: ['Hệ thống', 'The system'],
  filter: ['Lọc trong các bản ghi đang hiện', 'Filter the records shown'],
} as const;
