/// The yardstick on Apache Camel: takes the same webhooks as a member, checks the same signature,
/// makes JSON of each, and keeps nothing or one row.
package io.tributary.bench.camel;
