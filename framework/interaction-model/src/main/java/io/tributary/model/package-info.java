/// What happened between a company and its customers, in one form for all channels: who, where,
/// when and what was said, tapped, measured or sent.
///
/// Everything here is immutable, thread safe and built on the JDK alone, so that channel plugins,
/// the host and agent apps can share it without sharing any library.
@NullMarked
package io.tributary.model;

import org.jspecify.annotations.NullMarked;
