package io.tributary.host.cluster;

import com.hazelcast.core.HazelcastInstance;

/// What everything that crosses the grid needs.
record Surroundings(
        HazelcastInstance hazelcast,
        Sealed sealed,
        Members members,
        GridFigures figures,
        Alarm alarm) {}
