package io.tributary.host.inbound;

import io.tributary.host.journal.Journal;
import io.tributary.model.TimeOrderedIds;
import java.time.InstantSource;

/// What every decision is made with.
record Means(Journal journal, Places places, TimeOrderedIds ids, InstantSource clock) {}
