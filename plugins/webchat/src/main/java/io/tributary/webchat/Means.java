package io.tributary.webchat;

import io.tributary.spi.MediaStore;
import io.tributary.spi.Metrics;
import java.time.InstantSource;

/// What the sessions of one account share.
///
/// @param messages how often a visitor may say something
/// @param messagesOfNetwork how often all visitors of one network may together
/// @param signals how often a visitor may show that they write
/// @param files how often a visitor may upload
/// @param filesOfNetwork how often all visitors of one network may together
/// @param largestFile in bytes; 0: visitors upload none
record Means(
        InstantSource clock,
        MediaStore media,
        MediaSeal seal,
        Metrics metrics,
        Pace messages,
        Pace messagesOfNetwork,
        Pace signals,
        Pace files,
        Pace filesOfNetwork,
        long largestFile) {}
