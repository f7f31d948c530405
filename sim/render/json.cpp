#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "sim/render/stats.hpp"
#include "sim/render/text.hpp"
#include "sim/trace/fields.hpp"

namespace trapezoid::render {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

void put(Json& object, const char* key, const std::optional<std::int64_t>& ns) {
  if (ns) object[key] = *ns;
}

Json to_json(const stats::Ratio& ratio) {
  return {{"count", ratio.count}, {"of", ratio.of}};
}

Json to_json(const stats::Call& call, const std::vector<trace::Lane>& lanes) {
  constexpr const char* kOutcomes[] = {"answered", "redirected", "failed", "unanswered"};
  Json json{{"call_id", call.call_id},
            {"caller", lanes[call.caller].name},
            {"outcome", kOutcomes[static_cast<std::size_t>(call.outcome)]}};
  if (call.callee) json["callee"] = lanes[*call.callee].name;
  if (call.status != 0) json["status"] = call.status;
  json["first_invite"] = call.first_invite;
  json["last_invite"] = call.last_invite;
  if (call.status_indication != 0) json["status_indication"] = call.status_indication;
  put(json, "request_delay_from_first_ns", call.request_delay_from_first_ns);
  put(json, "request_delay_from_last_ns", call.request_delay_from_last_ns);
  if (call.hung_up) {
    json["hung_up"] = lanes[*call.hung_up].name;
    json["bye"] = call.bye;
    json["is_completed"] = call.is_completed;
  }
  put(json, "disconnect_delay_ns", call.disconnect_delay_ns);
  put(json, "duration_at_caller_ns", call.duration_at_caller_ns);
  put(json, "duration_at_callee_ns", call.duration_at_callee_ns);
  return json;
}

}  // namespace

std::string render_json(const Ladder& ladder) {
  Json rungs = Json::array();
  for (const Rung& rung : ladder.rungs) {
    Json item{{"kind", rung.kind == Rung::Kind::Message ? "message" : "media"},
              {"row", rung.row},
              {"from", rung.from},
              {"to", rung.to},
              {"label", rung.label},
              {"event", rung.event}};
    if (rung.kind == Rung::Kind::Message) {
      item["f_number"] = rung.f_number;
      item["fate"] = trace::kFates[static_cast<std::size_t>(rung.fate)];
      item["sent_ns"] = rung.at_ns;
      if (rung.received_ns) item["received_ns"] = *rung.received_ns;
    } else {
      item["at_ns"] = rung.at_ns;
    }
    rungs.push_back(std::move(item));
  }
  Json json{{"title", ladder.title},
            {"columns", ladder.columns},
            {"rows", ladder.rows},
            {"rungs", std::move(rungs)}};
  put(json, "stopped_ns", ladder.stopped_ns);
  return dump(json);
}

std::string render_stats_json(const stats::Metrics& metrics, const trace::Header& header) {
  Json calls = Json::array();
  for (const stats::Call& call : metrics.calls) calls.push_back(to_json(call, header.lanes));
  Json hops = Json::array();
  for (const stats::Hop& hop : metrics.hops) {
    Json json{{"f_number", hop.f_number},
              {"from", header.lanes[hop.from].name},
              {"to", header.lanes[hop.to].name}};
    put(json, "worked_ns", hop.worked_ns);
    put(json, "waited_ns", hop.waited_ns);
    put(json, "travelled_ns", hop.travelled_ns);
    hops.push_back(std::move(json));
  }
  Json json{{"calls", std::move(calls)},
            {"run",
             {{"ser", to_json(metrics.establishment)},
              {"seer", to_json(metrics.effectiveness)},
              {"isa", to_json(metrics.ineffective)},
              {"scr", to_json(metrics.completion)}}},
            {"hops", std::move(hops)}};
  put(json, "stopped_ns", metrics.stopped_ns);
  return dump(json);
}

}  // namespace trapezoid::render
