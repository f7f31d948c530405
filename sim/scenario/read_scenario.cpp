#include <algorithm>

#include <fmt/format.h>

#include "sim/scenario/read.hpp"

namespace trapezoid::scenario {

namespace {

enum class RecordType : std::uint8_t { A, Aaaa, Srv, Naptr };
constexpr std::pair<std::string_view, RecordType> kRecordTypes[] = {{"A", RecordType::A},
                                                                    {"AAAA", RecordType::Aaaa},
                                                                    {"SRV", RecordType::Srv},
                                                                    {"NAPTR", RecordType::Naptr}};
constexpr std::pair<std::string_view, std::string_view> kServices[] = {
    {"SIP+D2U", "SIP+D2U"}, {"SIP+D2T", "SIP+D2T"}, {"SIPS+D2T", "SIPS+D2T"}};
constexpr std::pair<std::string_view, std::string_view> kNaptrFlags[] = {{"s", "s"}};
constexpr std::pair<std::string_view, CallOutcome> kOutcomes[] = {
    {"established_and_ended", CallOutcome::EstablishedAndEnded},
    {"established", CallOutcome::Established},
    {"rejected", CallOutcome::Rejected},
    {"cancelled", CallOutcome::Cancelled},
    {"failed", CallOutcome::Failed}};
constexpr std::pair<std::string_view, int> kActions[] = {{"call", 0}};

NameRecord read_address_record(ObjectReader& object, std::string name, RecordType type) {
  const Reader reader = object.required("address");
  AddressRecord record{std::move(name), reader.text(), type == RecordType::Aaaa};
  const bool is_right = record.is_ipv6 ? is_ipv6(record.address) : is_ipv4(record.address);
  if (!record.address.empty() && !is_right)
    reader.fail(fmt::format("expected an {} address, not \"{}\"", record.is_ipv6 ? "IPv6" : "IPv4",
                            record.address));
  return record;
}

NameRecord read_srv(ObjectReader& object, std::string name) {
  SrvRecord record;
  record.name = std::move(name);
  record.priority = object.required("priority").integer<std::uint16_t>();
  record.weight = object.required("weight").integer<std::uint16_t>();
  record.port = object.required("port").integer<std::uint16_t>();
  record.target = object.required("target").host_name();
  return record;
}

NameRecord read_naptr(ObjectReader& object, std::string name) {
  NaptrRecord record;
  record.name = std::move(name);
  record.order = object.required("order").integer<std::uint16_t>();
  record.preference = object.required("preference").integer<std::uint16_t>();
  record.flags = std::string(object.optional("flags").one_of(kNaptrFlags, std::string_view("s")));
  record.service =
      std::string(object.required("service").one_of(kServices, std::string_view("SIP+D2T")));
  record.replacement = object.required("replacement").host_name();
  return record;
}

Timers read_timers(const Reader& reader) {
  ObjectReader object = reader.object();
  Timers timers;
  const auto read = [&object](std::string_view key, Duration& timer) {
    const Reader member = object.optional(key);
    timer = member.milliseconds(timer);
    if (timer == Duration{}) member.fail("expected more than 0 milliseconds");
  };
  read("t1_ms", timers.t1);
  read("t2_ms", timers.t2);
  read("t4_ms", timers.t4);
  object.reject_unknown_keys();
  return timers;
}

std::vector<Element> read_elements(const Reader& reader) {
  std::vector<Element> elements;
  for (const Reader& item : reader.items_at_least_one("element")) {
    Element element = read_element(item);
    for (const Element& other : elements) {
      if (!element.name.empty() && other.name == element.name)
        item.object().optional("name").fail(
            fmt::format("the element name \"{}\" stands twice", element.name));
      if (!element.address.empty() && other.address == element.address &&
          other.port == element.port)
        item.object().optional("address").fail(
            fmt::format("the address {} port {} is that of \"{}\" already", element.address,
                        element.port, other.name));
      else if (!element.address.empty() && other.address == element.address &&
               other.host != element.host)
        item.object().optional("address").fail(
            fmt::format(R"(the address {} is on the host "{}" of "{}" already)", element.address,
                        other.host, other.name));
    }
    elements.push_back(std::move(element));
  }
  return elements;
}

Expectation read_expectation(const Reader& reader) {
  ObjectReader object = reader.object();
  Expectation expectation;
  const Reader messages = object.optional("messages");
  if (messages.exists()) expectation.messages = messages.integer<std::uint32_t>();
  const Reader outcome = object.optional("outcome");
  if (outcome.exists()) expectation.outcome = outcome.one_of(kOutcomes, CallOutcome::Failed);
  object.reject_unknown_keys();
  return expectation;
}

/// "F1", "F23".
bool is_f_number(std::string_view text) {
  return text.size() >= 2 && text.size() <= 10 && text[0] == 'F' && text[1] != '0' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<Note> read_notes(const Reader& reader) {
  std::vector<Note> notes;
  for (const Reader& item : reader.items()) {
    ObjectReader object = item.object();
    const Reader message = object.required("message");
    Note note{message.text(), object.optional("en").text(), object.optional("fr").text()};
    if (!note.message.empty() && !is_f_number(note.message))
      message.fail(fmt::format(R"(expected a message such as "F7", not "{}")", note.message));
    for (const Note& other : notes)
      if (!note.message.empty() && other.message == note.message)
        message.fail(fmt::format("a note to {} stands above already", note.message));
    object.reject_unknown_keys();
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace

std::vector<NameRecord> read_names(const Reader& reader) {
  std::vector<NameRecord> records;
  for (const Reader& item : reader.items()) {
    ObjectReader object = item.object();
    std::string name = object.required("name").host_name();
    const Reader type = object.required("type");
    const std::size_t findings = type.finding_count();
    const RecordType read_type = type.one_of(kRecordTypes, RecordType::A);
    if (!type.exists() || type.finding_count() != findings) continue;
    if (read_type == RecordType::Srv)
      records.push_back(read_srv(object, std::move(name)));
    else if (read_type == RecordType::Naptr)
      records.push_back(read_naptr(object, std::move(name)));
    else
      records.push_back(read_address_record(object, std::move(name), read_type));
    object.reject_unknown_keys();
  }
  return records;
}

std::vector<Action> read_actions(const Reader& reader) {
  std::vector<Action> actions;
  for (const Reader& item : reader.items()) {
    ObjectReader object = item.object();
    object.required("action").one_of(kActions, 0);
    Call call;
    call.element = object.required("element").line();
    call.at = object.optional("at_s").seconds();
    call.to = object.required("to").callable_uri();
    call.to_display_name = object.optional("to_display_name").line();
    call.hang_up_after = object.optional("hang_up_after_s").optional_seconds();
    object.reject_unknown_keys();
    actions.emplace_back(std::move(call));
  }
  return actions;
}

void read_scenario(Draft& draft) {
  ObjectReader object = draft.document.object();
  Scenario& scenario = draft.scenario;
  object.optional("$schema").text();
  object.optional("description").text();  // for who reads the file
  scenario.name = object.required("name").name();
  scenario.title = object.optional("title").line(scenario.name);
  scenario.reference = object.optional("reference").line();
  scenario.seed = object.optional("seed").integer<std::uint64_t>(
      0, std::numeric_limits<std::uint64_t>::max(), scenario.seed);
  scenario.stop_at = object.optional("stop_at_s").optional_seconds();
  scenario.network = read_network(object.required("network"), draft.platform);
  scenario.timers = read_timers(object.optional("timers"));
  scenario.names = read_names(object.optional("names"));
  scenario.elements = read_elements(object.required("elements"));
  scenario.actions = read_actions(object.optional("actions"));
  scenario.expect = read_expectation(object.optional("expect"));
  scenario.notes = read_notes(object.optional("notes"));
  object.reject_unknown_keys();
}

}  // namespace trapezoid::scenario
