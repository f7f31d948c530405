#include "sim/sip/headers/date.hpp"

#include <array>
#include <optional>

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Takes one of `names`; gives its index, or nothing.
template <std::size_t N>
std::optional<std::size_t> take_name(Cursor& in, const std::array<std::string_view, N>& names) {
  for (std::size_t i = 0; i < N; ++i) {
    if (!iequals(in.rest().substr(0, 3), names[i])) continue;
    in.skip(3);
    return i;
  }
  return std::nullopt;
}

/// Takes exactly `count` digits, then `after`; -1 when something else stands there.
int take_digits(Cursor& in, std::size_t count, std::string_view after) {
  const std::string_view text = in.rest().substr(0, count + after.size());
  int number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i >= text.size() || !is_digit(text[i])) return -1;
    number = number * 10 + (text[i] - '0');
  }
  if (text.substr(count) != after) return -1;
  in.skip(text.size());
  return number;
}

void append_digits(std::string& out, unsigned number, std::size_t count) {
  const std::string digits = std::to_string(number);
  if (digits.size() < count) out.append(count - digits.size(), '0');
  out += digits;
}

}  // namespace

// date1 = 2DIGIT SP month SP 4DIGIT          time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
Parsed<Date> Date::parse(std::string_view value) {
  namespace chr = std::chrono;
  Cursor in(value, "rfc1123-date");
  if (!take_name(in, kDays)) return in.fail("wkday");
  if (!in.take(',') || !in.take(' ')) return in.fail("\",\" SP");
  const std::size_t date_offset = in.offset();
  const int day = take_digits(in, 2, " ");
  if (day < 0) return in.fail("2DIGIT SP");
  const auto month = take_name(in, kMonths);
  if (!month || !in.take(' ')) return in.fail("month SP");
  const int year = take_digits(in, 4, " ");
  if (year < 0) return in.fail("4DIGIT SP");
  const chr::year_month_day date(chr::year(year), chr::month(static_cast<unsigned>(*month) + 1),
                                 chr::day(static_cast<unsigned>(day)));
  if (!date.ok()) return in.fail_at(value.substr(date_offset), ParseErrc::OutOfRange, "a date");
  const std::size_t time_offset = in.offset();
  const int hour = take_digits(in, 2, ":");
  const int minute = hour < 0 ? -1 : take_digits(in, 2, ":");
  const int second = minute < 0 ? -1 : take_digits(in, 2, " ");
  if (second < 0) return in.fail(R"(2DIGIT ":" 2DIGIT ":" 2DIGIT SP)");
  if (hour > 23 || minute > 59 || second > 60)  // 60: a leap second
    return in.fail_at(value.substr(time_offset), ParseErrc::OutOfRange, "00:00:00 to 23:59:59");
  if (in.rest() != "GMT") return in.fail("\"GMT\"");
  return Date{chr::sys_days(date) + chr::hours(hour) + chr::minutes(minute) + chr::seconds(second)};
}

void Date::write(std::string& out) const {
  namespace chr = std::chrono;
  const auto days = chr::floor<chr::days>(time);
  const chr::year_month_day date(days);
  const chr::hh_mm_ss clock(time - days);
  out += kDays[chr::weekday(days).c_encoding()];
  out += ", ";
  append_digits(out, static_cast<unsigned>(date.day()), 2);
  out += ' ';
  out += kMonths[static_cast<unsigned>(date.month()) - 1];
  out += ' ';
  append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += ' ';
  append_digits(out, static_cast<unsigned>(clock.hours().count()), 2);
  out += ':';
  append_digits(out, static_cast<unsigned>(clock.minutes().count()), 2);
  out += ':';
  append_digits(out, static_cast<unsigned>(clock.seconds().count()), 2);
  out += " GMT";
}

}  // namespace trapezoid::sip
