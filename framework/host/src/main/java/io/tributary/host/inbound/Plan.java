package io.tributary.host.inbound;

import io.tributary.host.journal.Unit;
import io.tributary.model.InteractionId;
import java.util.List;
import java.util.Set;

/// What was decided for the first `taken` of some events.
///
/// @param ids per event, the interactions that it becomes
/// @param itemOf per event, the index of its item in the unit; -1: it needs none
/// @param again external ids that are known then, and for which something may be parked all the
///   same
record Plan(
        Unit unit,
        int taken,
        List<List<InteractionId>> ids,
        List<Integer> itemOf,
        Whereabouts whereabouts,
        Set<String> again) {}
