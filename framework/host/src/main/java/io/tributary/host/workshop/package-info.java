/// A channel's project while somebody writes it: made from templates, compiled on save, tried
/// before a member. Knows projects and Maven, and nothing of what a member does.
@NullMarked
package io.tributary.host.workshop;

import org.jspecify.annotations.NullMarked;
