// What a camera sees at this moment: made coarse on the node for technicians, clear for the desk, on record.
export const still = {
  get: ['Lấy hình lúc này', 'Fetch the picture now'],
  again: ['Lấy lại hình', 'Fetch it again'],
  coarse: ['Hình đã làm mờ ngay trên thiết bị biên: không nhận ra mặt người hay biển số.', 'Made coarse on the edge node itself: neither a face nor a plate can be read.'],
  none: ['Chưa lấy hình. Thiết bị chỉ gửi hình khi được yêu cầu, trung tâm không giữ lại.', 'No picture fetched. The node sends one only when asked; the centre keeps none.'],
  waiting: ['Đang chờ thiết bị gửi hình (nhiều nhất 8 giây)…', 'Waiting for the node’s picture (8 seconds at most)…'],
  at: ['Chụp lúc {{time}}', 'Captured at {{time}}'],
  old: ['cách đây {{time}}', '{{time}} ago'],
  clear: ['Xem hình rõ', 'Clear view'],
  recorded: ['Mỗi lần xem hình rõ được ghi nhật ký: ai xem, camera nào, lúc nào, mục đích gì.', 'Each clear view is on record: who looked, which camera, when and why.'],
  purpose: ['Mục đích xem (bắt buộc, từ 5 ký tự)', 'Purpose (needed, 5 characters or more)'],
  shown: ['Hình rõ. Lần xem này đã được ghi nhật ký.', 'Clear view. This look is on record.'],
  hide: ['Ẩn hình', 'Hide the picture'],
  label: ['Hình của camera {{camera}}', 'Picture of camera {{camera}}'],
} as const;
