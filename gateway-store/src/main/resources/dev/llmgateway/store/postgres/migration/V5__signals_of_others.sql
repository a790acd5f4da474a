-- By which gateways on one database see what others have reported: dev.llmgateway.store.postgres.PostgresSignalStore. Reports
-- from before have neither. The default comes by itself, so that the table is not written anew.
alter table quality_signals add column writer uuid, add column written xid8;
alter table quality_signals alter column written set default pg_current_xact_id();

comment on column quality_signals.writer is 'the process of the gateway that was told';
comment on column quality_signals.written is 'the transaction that wrote it';

create index quality_signals_written on quality_signals (written);
