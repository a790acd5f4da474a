-- A latency as a number that sum() adds up to a histogram; see LatencyHistogram.
create function record_latency(ms double precision) returns numeric
    language sql immutable strict parallel safe
    return ('1e' || 12 * least(119, greatest(0, floor(ln(greatest(ms, 0.01) / 0.01) / ln(1.2))))::integer)::numeric;
