#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "sim/transaction/transaction_user.hpp"

namespace trapezoid::element {

/// A transaction user whose transactions' ends are told to somebody else first.
class WatchedUser final : public transaction::TransactionUser {
 public:
  using TransactionId = transaction::TransactionId;
  using OnTerminated = std::function<void(TransactionId, const Context&)>;

  WatchedUser(std::unique_ptr<transaction::TransactionUser> user, OnTerminated on_terminated)
      : user_(std::move(user)), on_terminated_(std::move(on_terminated)) {}

  void start(transaction::Layer& layer, TimerQueue& timers, const Context& context) override {
    user_->start(layer, timers, context);
  }
  void handle_request(TransactionId id, const sip::Request& request, const Source& source,
                      const Context& context) override {
    user_->handle_request(id, request, source, context);
  }
  void handle_ack(const sip::Request& ack, const Source& source, const Context& context) override {
    user_->handle_ack(ack, source, context);
  }
  void handle_response(TransactionId id, const sip::Response& response,
                       const Context& context) override {
    user_->handle_response(id, response, context);
  }
  void handle_timeout(TransactionId id, const Context& context) override {
    user_->handle_timeout(id, context);
  }
  void handle_transport_error(TransactionId id, const Context& context) override {
    user_->handle_transport_error(id, context);
  }
  void handle_missing_ack(TransactionId id, const Context& context) override {
    user_->handle_missing_ack(id, context);
  }
  void handle_terminated(TransactionId id, const Context& context) override {
    on_terminated_(id, context);
    user_->handle_terminated(id, context);
  }
  void handle_timer(const DueTimer& timer, const Context& context) override {
    user_->handle_timer(timer, context);
  }

 private:
  std::unique_ptr<transaction::TransactionUser> user_;
  OnTerminated on_terminated_;
};

}  // namespace trapezoid::element
