-- Work whose time has come since the onset (経過時間), and that its people were told so, once.
create table duty_due (
  duty_id uuid not null,
  organisation_id uuid not null,
  due_at timestamptz not null,
  told_at timestamptz not null check (told_at >= due_at),
  primary key (duty_id, due_at),
  foreign key (organisation_id, duty_id) references duty (organisation_id, id)
);

create index duty_due_by_organisation on duty_due (organisation_id, due_at desc);
create trigger append_only before update or delete or truncate on duty_due for each statement execute function refuse_rewriting();
create trigger tell after insert on duty_due for each row execute function tell_change('level');
