-- The cubes 12 and 14 had sums of six hours and longer only: these are those of the hours, of all entries that the kept sums have.
-- Whoever brings the sums up to date holds this row, too.
select seq from record_sums_head for update;

set local work_mem = '64MB';

insert into record_sums
select md5(row(12, 3600, extract(epoch from begins)::bigint, source, provider, model, status, error_type, impact)::text)::uuid,
    12, 3600, begins,
    null, source, null, provider, model, status, error_type, null, null, impact,
    sum(requests), sum(succeeded), sum(mitigated), sum(aborted),
    least(sum(input_tokens), 1152921504606846975), least(sum(cached_tokens), 1152921504606846975),
    least(sum(cache_write_5m_tokens), 1152921504606846975), least(sum(cache_write_1h_tokens), 1152921504606846975),
    least(sum(output_tokens), 1152921504606846975), least(sum(reasoning_tokens), 1152921504606846975),
    sum(cost_usd), sum(latencies), min(first_at), max(last_at)
from (select *, date_bin('1 hour', at, timestamptz 'epoch') as begins from record_deltas) as entries
where seq <= (select seq from record_sums_head)
group by begins, source, provider, model, status, error_type, impact;

insert into record_sums
select md5(row(14, 3600, extract(epoch from begins)::bigint, tenant, source, project, provider, model, status, error_type,
        failed_provider, failed_model, impact)::text)::uuid,
    14, 3600, begins,
    tenant, source, project, provider, model, status, error_type, failed_provider, failed_model, impact,
    sum(requests), sum(succeeded), sum(mitigated), sum(aborted),
    least(sum(input_tokens), 1152921504606846975), least(sum(cached_tokens), 1152921504606846975),
    least(sum(cache_write_5m_tokens), 1152921504606846975), least(sum(cache_write_1h_tokens), 1152921504606846975),
    least(sum(output_tokens), 1152921504606846975), least(sum(reasoning_tokens), 1152921504606846975),
    sum(cost_usd), sum(latencies), min(first_at), max(last_at)
from (select *, date_bin('1 hour', at, timestamptz 'epoch') as begins from record_deltas) as entries
where seq <= (select seq from record_sums_head)
group by begins, tenant, source, project, provider, model, status, error_type, failed_provider, failed_model, impact;
