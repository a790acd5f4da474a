-- Sums of calls, kept so that nobody has to add up millions of rows: see Cube and Span for which, and Summing for how they are used.
-- They hold all entries of the chain up to record_sums_head; what came after is added when somebody asks.

-- A latency as a number that sum() adds up to a histogram; see LatencyHistogram.
-- It must stay so simple that PostgreSQL puts it into the statements that use it: to call it takes longer than all else about a row.
-- So it is not strict (no call is without a latency), and puts together texts only, which is immutable.
create function record_latency(ms double precision) returns numeric
    language sql immutable parallel safe
    return ('1e' || (12 * least(119, greatest(0, floor(ln(greatest(ms, 0.01) / 0.01) / ln(1.2))))::integer)::text)::numeric;

-- Each call as the sum of one, late charges included.
create view record_totals as
select request_id, seq, at, tenant, source, project, provider, model, status,
    coalesce(error_type, attempt_error) as error_type, failed_provider, failed_model, impact,
    1::bigint as requests,
    (status < 400)::integer::bigint as succeeded,
    (impact = 'mitigated')::integer::bigint as mitigated,
    (status = 499)::integer::bigint as aborted,
    input_tokens, cached_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
    coalesce(cost_usd, 0) as cost_usd,
    record_latency(latency_ms) as latencies,
    at as first_at,
    at as last_at
from proxy_records;

-- What each entry of the chain adds to the sums: a call what it had cost at first, a late charge what it costs more.
create view record_deltas as
select t.seq, t.seq as call_seq, t.at, t.tenant, t.source, t.project, t.provider, t.model, t.status, t.error_type,
    t.failed_provider, t.failed_model, t.impact,
    t.requests, t.succeeded, t.mitigated, t.aborted,
    coalesce(o.input_tokens, t.input_tokens) as input_tokens,
    coalesce(o.cached_tokens, t.cached_tokens) as cached_tokens,
    coalesce(o.cache_write_5m_tokens, t.cache_write_5m_tokens) as cache_write_5m_tokens,
    coalesce(o.cache_write_1h_tokens, t.cache_write_1h_tokens) as cache_write_1h_tokens,
    coalesce(o.output_tokens, t.output_tokens) as output_tokens,
    coalesce(o.reasoning_tokens, t.reasoning_tokens) as reasoning_tokens,
    case when o.request_id is null then t.cost_usd else coalesce(o.cost_usd, 0) end as cost_usd,
    t.latencies, t.first_at, t.last_at
from record_totals t left join original_spends o using (request_id)
union all
select l.seq, t.seq, t.at, t.tenant, t.source, t.project, t.provider, t.model, t.status, t.error_type,
    t.failed_provider, t.failed_model, t.impact,
    0, 0, 0, 0,
    l.input_tokens, l.cached_tokens, l.cache_write_5m_tokens, l.cache_write_1h_tokens, l.output_tokens, l.reasoning_tokens,
    coalesce(l.cost_usd, 0), 0, t.at, t.at
from late_charges l join record_totals t using (request_id);

-- id is made of the cube, the span, the begin and the values of the dimensions; those that the cube does not tell apart are null.
create table record_sums (
    id                    uuid primary key,
    cube                  smallint not null,
    span                  integer not null,
    begins                timestamptz not null,
    tenant                text,
    source                text,
    project               text,
    provider              text,
    model                 text,
    status                integer,
    error_type            text,
    failed_provider       text,
    failed_model          text,
    impact                text,
    requests              bigint not null,
    succeeded             bigint not null,
    mitigated             bigint not null,
    aborted               bigint not null,
    input_tokens          bigint not null,
    cached_tokens         bigint not null,
    cache_write_5m_tokens bigint not null,
    cache_write_1h_tokens bigint not null,
    output_tokens         bigint not null,
    reasoning_tokens      bigint not null,
    cost_usd              double precision not null,
    latencies             numeric not null,
    first_at              timestamptz not null,
    last_at               timestamptz not null
) with (fillfactor = 90);

comment on column record_sums.span is 'how many seconds the row is about';

create index record_sums_time on record_sums (cube, span, begins);

-- For those who ask about one value. Cubes that tell failed tries apart are small.
create index record_sums_tenant on record_sums (cube, span, tenant, begins) where tenant is not null;
create index record_sums_source on record_sums (cube, span, source, begins) where source is not null;
create index record_sums_project on record_sums (cube, span, project, begins) where project is not null;
create index record_sums_provider on record_sums (cube, span, provider, begins) where provider is not null;
create index record_sums_model on record_sums (cube, span, model, begins) where model is not null;
create index record_sums_failed on record_sums (cube, span, failed_provider, failed_model, begins)
    where failed_provider is not null;

create table record_sums_head (
    only_row boolean primary key default true check (only_row),
    seq      bigint not null
);

insert into record_sums_head (seq) values (0);
