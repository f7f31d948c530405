#include "sim/ua/session.hpp"

#include <utility>

#include "sim/sdp/parser.hpp"
#include "sim/sip/headers/content_type.hpp"

namespace trapezoid::ua {

using dialog::OfferAnswerEvent;

namespace {

std::optional<sdp::Mismatch> find_mismatch(const Call& call, std::string_view answer) {
  if (answer.empty()) return sdp::Mismatch{"the answer is missing"};
  const auto parsed = sdp::parse_sdp(answer);
  if (!parsed) return sdp::Mismatch{sdp::to_string(parsed.error())};
  const auto offer = sdp::parse_sdp(call.local_description);
  if (!offer) return sdp::Mismatch{"no offer was made"};
  return sdp::find_mismatch(*offer, *parsed);
}

}  // namespace

std::string make_offer(Core& core, Call& call) {
  if (call.local_description.empty())
    call.local_description =
        sdp::to_text(sdp::make_offer(core.config.media, core.identifiers.next_sdp_session_id()));
  on_offer_answer(call, OfferAnswerEvent::SendOffer);
  return call.local_description;
}

Result<std::string, sdp::Mismatch> make_answer(Core& core, Call& call, std::string_view offer) {
  const auto parsed = sdp::parse_sdp(offer);
  if (!parsed) return sdp::Mismatch{sdp::to_string(parsed.error())};
  const auto previous = sdp::parse_sdp(call.local_description);
  const std::string session_id =
      previous ? previous->origin.session_id : core.identifiers.next_sdp_session_id();
  auto answer = sdp::make_answer(*parsed, core.config.media, session_id);
  if (!answer) return answer.error();
  on_offer_answer(call, OfferAnswerEvent::ReceiveOffer);
  call.local_description = previous
                               ? sdp::to_text(sdp::make_successor(*previous, *std::move(answer)))
                               : sdp::to_text(*answer);
  on_offer_answer(call, OfferAnswerEvent::SendAnswer);
  return call.local_description;
}

std::string make_refusal(Core& core, std::string_view offer) {
  auto parsed = sdp::parse_sdp(offer);
  if (!parsed) return {};
  sdp::SessionDescription refusal =
      sdp::make_offer(core.config.media, core.identifiers.next_sdp_session_id());
  refusal.timings = parsed->timings;
  refusal.media.clear();
  for (sdp::Media& media : parsed->media) {
    sdp::Media& refused = refusal.media.emplace_back();
    refused.type = std::move(media.type);
    refused.protocol = std::move(media.protocol);
    refused.formats = std::move(media.formats);
  }
  return sdp::to_text(refusal);
}

std::optional<sdp::Mismatch> take_answer(Call& call, std::string_view answer) {
  auto mismatch = find_mismatch(call, answer);
  on_offer_answer(call, mismatch ? OfferAnswerEvent::Fail : OfferAnswerEvent::ReceiveAnswer);
  return mismatch;
}

std::string_view description_in(const sip::MessageBase& message) {
  if (message.body().empty()) return {};
  const auto type = message.headers().first<sip::ContentType>();
  return type && type->is("application/sdp") ? message.body() : std::string_view{};
}

void on_offer_answer(Call& call, OfferAnswerEvent event) {
  if (const auto next = dialog::follow(dialog::offer_answer_arrows(), call.session, event))
    call.session = *next;
}

}  // namespace trapezoid::ua
