// The client `js` of the documentation. `settings.js` says where the server and the API are.
const manager = new Oidc.UserManager({
  authority: settings.authority,
  client_id: "js",
  redirect_uri: "http://localhost:7017/index.html",
  post_logout_redirect_uri: "http://localhost:7017/index.html",
  response_type: "id_token token",
  scope: "openid profile email api1",
  monitorSession: false,
});

const show = (id, value) => (document.getElementById(id).value = typeof value === "string" ? value : JSON.stringify(value));
const problem = (error) => show("problem", String(error));

async function start() {
  if (location.hash) {
    await manager.signinRedirectCallback();
    history.replaceState(null, "", location.pathname);
  }
  const user = await manager.getUser();
  show("user", user ? user.profile : "nobody");
}

async function callApi() {
  const user = await manager.getUser();
  const answer = await fetch(settings.api, { headers: { authorization: `Bearer ${user.access_token}` } });
  show("api", `${answer.status} ${await answer.text()}`);
}

document.getElementById("sign-in").onclick = () => manager.signinRedirect().catch(problem);
document.getElementById("sign-out").onclick = () => manager.signoutRedirect().catch(problem);
document.getElementById("call-api").onclick = () => callApi().catch(problem);
start().catch(problem);
