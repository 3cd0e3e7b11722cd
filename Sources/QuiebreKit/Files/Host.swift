// Quiebre · QuiebreKit
// The few facts of the machine that a manifest may hold outside every hash.
// SPDX-License-Identifier: Apache-2.0

import Glibc

func hostName() -> String {
  var name = [CChar](repeating: 0, count: 256)
  guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
  return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Now, as ISO 8601 in UTC; `SOURCE_DATE_EPOCH` wins.
func utcTime() -> String {
  var moment = time_t(0)
  if let fixed = unsafe getenv("SOURCE_DATE_EPOCH"),
    let seconds = unsafe Int(String(cString: fixed))
  {
    moment = time_t(seconds)
  } else {
    unsafe time(&moment)
  }
  var parts = unsafe tm()
  unsafe gmtime_r(&moment, &parts)
  func two(_ value: Int32) -> String { (value < 10 ? "0" : "") + "\(value)" }
  let (year, month, day) = unsafe (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday)
  let (hour, minute, second) = unsafe (parts.tm_hour, parts.tm_min, parts.tm_sec)
  return "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))Z"
}

/// Seconds on a clock that only runs forward.
func secondsSinceStart() -> Double {
  var now = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}
