#include "tests/support/lab.hpp"

#include <optional>

#include <fmt/format.h>

namespace trapezoid::support {

void Lab::add(std::string name, std::vector<TransportAddress> listens,
              std::unique_ptr<element::Element> element) {
  nodes_.push_back({std::move(name), std::move(listens), std::move(element)});
}

void Lab::give(std::size_t node, element::Input input) {
  element::Element& element = *nodes_[node].element;
  element.handle(std::move(input), now_);
  while (auto output = element.poll()) act(node, std::move(*output));  // one input, every output
}

std::size_t Lab::find_listener(const TransportAddress& address) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i)
    for (const auto& listening : nodes_[i].listens)
      if (listening == address) return i;
  return kNobody;
}

void Lab::open(std::size_t node, const element::Open& open) {
  const std::size_t peer = find_listener(open.remote);
  if (peer == kNobody) {
    in_flight_.emplace(now_ + latency_, Pending{node, element::Refused{open.connection}});
    return;
  }
  TransportAddress local = open.local;
  local.port = next_port_++;
  const ConnectionId accepted = nodes_[peer].next_accepted++;
  peers_[{node, open.connection}] = {peer, accepted};
  peers_[{peer, accepted}] = {node, open.connection};
  in_flight_.emplace(now_, Pending{node, element::Connected{open.connection, local, open.remote}});
  in_flight_.emplace(now_ + latency_,
                     Pending{peer, element::Connected{accepted, open.remote, local}});
}

void Lab::send(std::size_t from, std::size_t to, const std::string& bytes, element::Input input) {
  const LabMessage message{now_, nodes_[from].name, to == kNobody ? "?" : nodes_[to].name, bytes};
  messages_.push_back(message);
  if (to != kNobody && !loses(message))
    in_flight_.emplace(now_ + latency_, Pending{to, std::move(input)});
}

void Lab::act(std::size_t node, element::Output output) {
  if (auto* notice = std::get_if<Notice>(&output)) {
    notices_.emplace_back(nodes_[node].name, std::move(*notice));
  } else if (const auto* opening = std::get_if<element::Open>(&output)) {
    open(node, *opening);
  } else if (const auto* bytes = std::get_if<element::SendBytes>(&output)) {
    const auto peer = peers_.find({node, bytes->connection});
    const End end = peer == peers_.end() ? End{kNobody, 0} : peer->second;
    send(node, end.first, bytes->bytes, element::Arrived{end.second, bytes->bytes});
  } else if (const auto* datagram = std::get_if<element::SendDatagram>(&output)) {
    send(node, find_listener(datagram->remote), datagram->bytes,
         element::Datagram{datagram->remote, datagram->local, datagram->bytes});
  } else if (const auto* close = std::get_if<element::Close>(&output)) {
    const auto peer = peers_.find({node, close->connection});
    if (peer == peers_.end()) return;
    in_flight_.emplace(now_ + latency_,
                       Pending{peer->second.first, element::Closed{peer->second.second, false}});
    peers_.erase(peer->second);
    peers_.erase({node, close->connection});
  }
}

// When anything happens next: something arrives, or an element's deadline.
std::optional<Instant> Lab::next_date() const {
  std::optional<Instant> next;
  if (!in_flight_.empty()) next = in_flight_.begin()->first;
  for (const Node& node : nodes_)
    if (const auto due = node.element->next_deadline(); due && (!next || *due < *next)) next = due;
  return next;
}

void Lab::run(Instant until) {
  if (!std::exchange(is_started_, true))
    for (std::size_t i = 0; i < nodes_.size(); ++i) give(i, element::Started{});
  for (auto next = next_date(); next && *next <= until; next = next_date()) {
    now_ = *next;
    while (!in_flight_.empty() && in_flight_.begin()->first == now_) {
      Pending pending = std::move(in_flight_.extract(in_flight_.begin()).mapped());
      give(pending.node, std::move(pending.input));
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (const auto due = nodes_[i].element->next_deadline(); due && *due <= now_)
        give(i, element::TimeReached{});
  }
}

std::string Lab::log() const {
  std::string text = "\n";
  for (std::size_t i = 0; i < messages_.size(); ++i) {
    const LabMessage& message = messages_[i];
    fmt::format_to(std::back_inserter(text), "F{} {:.3f} {} -> {} {}\n", i + 1,
                   to_seconds(message.sent_at), message.from, message.to, message.start_line());
  }
  return text;
}

}  // namespace trapezoid::support
