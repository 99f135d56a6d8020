use crate::settings::SettingArguments;

pub(super) async fn run(settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    store.check_migrations().await?;
    store.close().await;
    eprintln!("the database is up to date");
    Ok(())
}
