#include "sim/proxy/response_context.hpp"

#include <algorithm>
#include <list>

namespace trapezoid::proxy {
namespace {

// §16.7 step 6: 6xx first, then the lowest class; within 4xx those that help the caller to retry.
int rank(sip::StatusCode status) {
  const int status_class = status / 100;
  if (status_class == 6) return 0;
  int rank = status_class * 10;
  const bool helps_to_retry =
      status == 401 || status == 407 || status == 415 || status == 420 || status == 484;
  if (status_class == 4 && !helps_to_retry) rank += 5;
  if (status == 503) rank += 5;
  return rank;
}

bool is_challenge(sip::StatusCode status) {
  return status == 401 || status == 407;
}

const sip::Response* find_best(const std::list<Branch>& branches) {
  const sip::Response* best = nullptr;
  for (const Branch& branch : branches) {
    if (!branch.final_response) continue;
    if (best == nullptr || rank(branch.final_response->status()) < rank(best->status()))
      best = branch.final_response.get();
  }
  return best;
}

}  // namespace

Branch* ResponseContext::find_branch(transaction::TransactionId client) {
  for (Branch& branch : branches)
    if (branch.client == client) return &branch;
  return nullptr;
}

bool ResponseContext::has_pending() const {
  return std::any_of(branches.begin(), branches.end(),
                     [](const Branch& branch) { return branch.is_pending(); });
}

bool ResponseContext::is_over() const {
  return server_is_terminated &&
         std::all_of(branches.begin(), branches.end(), [](const Branch& branch) {
           return branch.client == 0 || branch.is_terminated;
         });
}

std::optional<sip::Response> ResponseContext::best_response() const {
  const sip::Response* const best = find_best(branches);
  if (best == nullptr) return std::nullopt;
  sip::Response response = *best;
  // Step 7: the challenges of every branch, so that the caller can answer all of them at once.
  if (is_challenge(response.status())) {
    for (const Branch& branch : branches) {
      if (!branch.final_response || branch.final_response.get() == best) continue;
      if (!is_challenge(branch.final_response->status())) continue;
      for (const auto id : {sip::HeaderId::WwwAuthenticate, sip::HeaderId::ProxyAuthenticate})
        response.headers().copy_all(branch.final_response->headers(), id);
    }
  }
  // Step 6: a 503 tells about the next hop, not about this proxy.
  if (response.status() == 503) response.set_status(500);
  return response;
}

}  // namespace trapezoid::proxy
