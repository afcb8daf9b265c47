package io.tributary.host.inbound;

import io.tributary.host.journal.Journal;
import io.tributary.host.phones.PhoneNumbers;
import io.tributary.model.TimeOrderedIds;
import java.time.InstantSource;

/// What every decision is made with.
///
/// @param asked which choices customers may answer in words
/// @param bell rung when a piece was kept
record Means(
        Journal journal,
        Places places,
        Asked asked,
        TimeOrderedIds ids,
        InstantSource clock,
        Bell bell,
        PhoneNumbers phones) {}
