//! A client of IdentityServer's configuration.

use guestlist_runtime::{Client, Server, Setting};

use super::Lost;
use super::data::Data;
use super::settings::{Writer, is_written};
use crate::Shape;

pub(super) fn client(client: &Client, server: &Server, lost: &mut Vec<Lost>) -> Data {
    // IdentityServer's own default is `ReUse`.
    let differs_there = |setting| setting == Setting::RefreshTokenUsage && client.allow_offline_access;
    let written = |setting: &Setting| is_written(client, server, *setting) || differs_there(*setting);
    let written = Setting::ALL.iter().copied().filter(written);
    let mut writer = Writer { shape: Shape::IdentityServer, client, server, lost };
    Data::Map(written.filter_map(|setting| writer.member(setting)).collect())
}
