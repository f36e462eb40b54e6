// A microphone that gives nothing, and a person who talks while muted. What is measured is a copy of the track that
// never leaves the page, so "muted means silence" holds for everybody else.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::int32_t speech = 15;  ///< thousandths of full scale: about -36 dBFS; rooms are far below, voices above

}  // namespace

bool is_silent(const Meter& meter) { return meter.silent * timing::meter_every >= timing::silent_microphone; }

void Machine::keep_meter() {
  Call* current = call();
  if (!current) return;  // closing the devices closed it, too
  const LocalMedia& media = current->media;
  Meter& meter = current->media.meter;
  const bool unheard = media.microphone == DeviceState::on && !meter.heard && !media.microphone_use.held;
  const bool wanted = std::get_if<Active>(&state_.phase) && (unheard || media.microphone == DeviceState::muted);
  if (wanted == meter.due.has_value()) return;
  meter.due.reset();
  meter.silent = meter.loud = 0;
  if (wanted) {
    meter.due = now_ + timing::meter_every;
  } else {
    emit(MeterMicrophone{false});
  }
}

void Machine::on(const MicrophoneMeasured& event) {
  Call* current = call();
  if (!current || !current->media.meter.due) return;
  Meter& meter = current->media.meter;
  if (event.level > 0) meter.heard = true;
  meter.silent = event.level > 0 ? 0 : std::min(meter.silent + 1, 60);
  const bool speaks = current->media.microphone == DeviceState::muted && event.level >= speech;
  meter.loud = speaks ? std::min(meter.loud + 1, 60) : 0;
  const bool said = current->notice && current->notice->kind == NoticeKind::speaking_muted;
  if (meter.loud * timing::meter_every >= timing::speech_muted && !said) {
    notice(*current, NoticeKind::speaking_muted, {});
  }
}

}  // namespace odnix::core
