/// A stand-in for WhatsApp's Cloud API: keeps its rules, and calls back with signed webhooks.
///
/// [Simulator] is the door: what is sent passes [Rules] and is kept in the [Ledger]; what customers
/// do goes out by [Webhooks].
@NullMarked
package io.tributary.meta.simulator;

import org.jspecify.annotations.NullMarked;
