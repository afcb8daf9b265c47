package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps what it is told.
final class Tail implements TailFeed.Reader {

    final Queue<Row> rows = new ConcurrentLinkedQueue<>();
    final Queue<LogTimeline> timelines = new ConcurrentLinkedQueue<>();
    final Queue<LogTimeline> newer = new ConcurrentLinkedQueue<>();
    final AtomicLong head = new AtomicLong();

    @Override
    public void rows(LogTimeline timeline, List<Row> more) {
        timelines.add(timeline);
        rows.addAll(more);
    }

    @Override
    public void reached(LogTimeline timeline, long position) {
        timelines.add(timeline);
        head.set(position);
    }

    @Override
    public void newer(LogTimeline timeline) {
        newer.add(timeline);
    }
}
