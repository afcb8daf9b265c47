package io.tributary.webchat;

import io.tributary.spi.MediaStore;
import io.tributary.spi.Metrics;
import java.time.InstantSource;

/// What the sessions of one account share.
///
/// @param messages how often a visitor may say something
/// @param remotes how often somebody may from one network
/// @param signals how often a visitor may show that they write
/// @param files how often a visitor may upload
/// @param largestFile in bytes; 0: visitors upload none
record Means(
        InstantSource clock,
        MediaStore media,
        MediaSeal seal,
        Metrics metrics,
        Pace messages,
        Pace remotes,
        Pace signals,
        Pace files,
        long largestFile) {}
