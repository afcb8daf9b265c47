package io.tributary.host.inbound;

import io.tributary.model.InteractionId;
import java.util.ArrayList;
import java.util.List;

/// One event's item while it grows.
///
/// @param own the event's item
/// @param ground where goes what other events of the unit may rest on, too; the same where the
///   event is alone
/// @param made the interactions that it becomes
/// @param closes the conversations that it ends
/// @param freed items of what was parked for ids that it brings
record EventDraft(
        Translated event,
        Draft own,
        Draft ground,
        List<InteractionId> made,
        List<Place> closes,
        List<io.tributary.host.journal.Item> freed) {

    static EventDraft of(Translated event, Draft own, Draft ground) {
        return new EventDraft(
                event, own, ground, new ArrayList<>(1), new ArrayList<>(0), new ArrayList<>(0));
    }
}
