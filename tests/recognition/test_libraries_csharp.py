"""Libraries of C#, and calls of the Graph API in it; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

SCOPES = """
namespace Shop;

public static class Scopes
{
    public const string Friends = "user_friends";
    public static readonly string[] Pages = { "pages_show_list", "pages_manage_posts" };
}
"""

APPS = {
    "aspnet-contrib": [
        {
            "Program.cs": """
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddInstagram(options =>  // # -> instagram-basic-display: user_profile(library)
{
    options.ClientId = "1";
    options.Scope.Add("user_media");  // # -> instagram-basic-display: user_media
});
"""
        }
    ],
    "aspnetcore-facebook": [
        {
            "Shop/Scopes.cs": SCOPES,
            "Shop/Startup.cs": """
namespace Shop;

public class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddAuthentication().AddGoogle(o => o.Scope.Add("profile")).AddFacebook(options =>  // # -> facebook-login: email(library)
        {
            options.AppId = Configuration["Facebook:AppId"];
            options.Scope.Add("user_birthday");  // # -> facebook-login: user_birthday
            options.Scope.Add(Scopes.Friends);  // # -> facebook-login: user_friends
        });
    }
}
""".replace("        services.Add", "        // Facebook\n        services.Add"),
        }
    ],
    "facebook-csharp-sdk": [
        {
            "Shop/Scopes.cs": SCOPES,
            "Shop/AccountController.cs": """
using Facebook;

namespace Shop
{
    public class AccountController : Controller
    {
        public ActionResult Facebook()
        {
            var fb = new FacebookClient();
            var url = fb.GetLoginUrl(new  // # -> facebook-login: pages_manage_posts pages_show_list
            {
                client_id = "1",
                redirect_uri = RedirectUri.AbsoluteUri,
                scope = string.Join(",", Scopes.Pages)
            });
            return Redirect(url.AbsoluteUri);
        }

        public async Task<ActionResult> Callback(string token)
        {
            var fb = new FacebookClient(token);
            dynamic me = fb.Get("me", new { fields = "id,name" });  // # => GET /me [id,name] via=facebook-csharp-sdk
            await fb.PostTaskAsync($"{me.id}/feed", new { message = "Hi" });  // # => POST /{}/feed sends=message
            return View(me);
        }
    }
}
""",
        }
    ],
    "facebook-unity-sdk": [
        {
            "Assets/Login.cs": """
using System.Collections.Generic;
using Facebook.Unity;
using UnityEngine;

public class Login : MonoBehaviour
{
    void OnLogin()
    {
        var perms = new List<string>() { "public_profile", "gaming_profile" };
        FB.LogInWithReadPermissions(perms, AuthCallback);  // # -> facebook-login: gaming_profile public_profile
        FB.LogInWithPublishPermissions(new List<string> { "publish_actions" }, r => { });  // # -> facebook-login: publish_actions
        FB.API("/me?fields=first_name", HttpMethod.GET, Show);  // # => GET /me [first_name]
        FB.API("/me/feed", HttpMethod.POST, Show, new Dictionary<string, string> { { "message", "x" } });  // # => POST /me/feed sends=message
    }

    private void AuthCallback(ILoginResult result)
    {
    }
}
"""
        }
    ],
    "katana-facebook": [
        {
            "App_Start/Startup.Auth.cs": """
using Microsoft.Owin.Security.Facebook;

public partial class Startup
{
    public void ConfigureAuth(IAppBuilder app)
    {
        var options = new FacebookAuthenticationOptions  // # -> facebook-login: email public_profile(library) user_photos
        {
            AppId = "x",
            AppSecret = "y",
            Scope = { "email" },
        };
        options.Scope.Add("user_photos");
        app.UseFacebookAuthentication(options);
    }

    void Other(IAppBuilder app)
    {
        var plain = new FacebookAuthenticationOptions { AppId = "x" };  // # -> facebook-login: email(library) public_profile(library)
        plain.Scope.Add("user_likes");  // # -> facebook-login: user_likes
        app.UseFacebookAuthentication("id", "secret");  // # -> facebook-login: email(library) public_profile(library)
        app.UseFacebookAuthentication(appId: "id", appSecret: "secret");  // # -> facebook-login: email(library) public_profile(library)
        app.UseFacebookAuthentication(plain);
    }
}
"""
        }
    ],
    "openiddict": [
        {
            "Startup.cs": """
public static class Client
{
    public static void Add(IServiceCollection services)
    {
        services.AddOpenIddict().AddClient(options => options
            .UseWebProviders()
            .AddGitHub(github => github.AddScopes("user:email"))
            .AddFacebook(facebook => facebook.SetClientId("x").AddScopes("email", "user_likes")));  // # -> facebook-login: email user_likes
    }
}
""".replace(
                '        services.AddOpenIddict().AddClient(options => options\n            .UseWebProviders()\n            .AddGitHub(github => github.AddScopes("user:email"))\n            .AddFacebook',
                '        var client = services.AddOpenIddict().AddClient();\n        client.UseWebProviders().AddGitHub(github => github.AddScopes("user:email"));\n        client.UseWebProviders().AddFacebook',
            ).replace('user_likes")));', 'user_likes"));')
        }
    ],
    "plugin-facebookclient": [
        {
            "LoginViewModel.cs": """
using Plugin.FacebookClient;

public class LoginViewModel
{
    readonly string[] permissions = { "email", "user_posts" };

    public async Task Login()
    {
        var response = await CrossFacebookClient.Current.LoginAsync(permissions);  // # -> facebook-login: email user_posts
        await CrossFacebookClient.Current.RequestUserDataAsync(new string[] { "email", "birthday" }, new[] { "user_birthday" });  // # -> facebook-login: user_birthday
    }
}
"""
        }
    ],
    "xamarin-facebook": [
        {
            "MainActivity.cs": """
using Xamarin.Facebook;
using Xamarin.Facebook.Login;
using Xamarin.Facebook.Login.Widget;

public class MainActivity : Activity
{
    protected override void OnCreate(Bundle state)
    {
        var button = FindViewById<LoginButton>(Resource.Id.login);
        button.SetReadPermissions(new List<string> { "email", "user_friends" });  // # -> facebook-login: email user_friends
        LoginManager.Instance.LogInWithReadPermissions(this, new[] { "user_gender" });  // # -> facebook-login: user_gender
        var request = GraphRequest.NewMeRequest(AccessToken.CurrentAccessToken, this);  // # => GET /me [id,email]
        var parameters = new Bundle();
        parameters.PutString("fields", "id,email");
        request.Parameters = parameters;
        request.ExecuteAsync();
    }
}
"""
        }
    ],
}


@pytest.mark.parametrize(
    "app",
    [pytest.param(app, id=f"{library} {number}") for library, apps in APPS.items() for number, app in enumerate(apps, 1)],
)  # fmt: skip
def test_what_a_library_is_asked_for(app, check, check_calls):
    check(app)
    if any("# =>" in text for text in app.values()):
        check_calls(app)


def test_each_file_that_asks_passes_the_prefilter(check_needles):
    check_needles("libraries_csharp.toml", APPS)


CALLS = {
    "an address that the configuration may replace": {
        "Constants.cs": """
internal static class Constants
{
    internal const string ApiUrl = "https://graph.facebook.com/v24.0/";
}
""",
        "FacebookService.cs": """
public class FacebookService
{
    private readonly string apiUrl;

    public FacebookService(IConfig config)
    {
        this.apiUrl = !string.IsNullOrEmpty(config.Url) ? config.Url : Constants.ApiUrl;
    }

    private async Task<string> Me(HttpClient client, string token)
    {
        var address = new Uri($"{this.apiUrl}me?fields=id,email&access_token={token}");
        return await client.GetStringAsync(address);  // # => GET /me [id,email]
    }
}
""",
    },
    "HttpClient and its like": {
        "Http.cs": """
using System.Net;
using System.Net.Http;

public class Http
{
    private const string Base = "https://graph.facebook.com/v24.0";
    private readonly HttpClient _client = new HttpClient { BaseAddress = new Uri("https://graph.facebook.com/v24.0/") };

    public async Task Send(HttpClient http, string id)
    {
        await _client.GetAsync("me/friends");  // # => GET /me/friends
        var text = await http.GetStringAsync($"{Base}/me/accounts?fields=id,name");  // # => GET /me/accounts [id,name]
        var body = new FormUrlEncodedContent(new Dictionary<string, string> { { "message", "x" } });
        await http.PostAsync(Base + "/" + id + "/feed", body);  // # => POST /{}/feed sends=message
        await http.DeleteAsync(string.Format("{0}/{1}", Base, id));  // # => DELETE /{}
        var message = new HttpRequestMessage(HttpMethod.Post, $"{Base}/me/photos");  // # => POST /me/photos
        await http.SendAsync(message);
        using (var web = new WebClient())
        {
            web.DownloadString(Base + "/me/likes");  // # => GET /me/likes
        }
        var request = (HttpWebRequest)WebRequest.Create(Base + "/me/videos");  // # => POST /me/videos
        request.Method = "POST";
        await http.GetStringAsync("https://example.com/me");
    }
}
"""
    },
    "RestSharp": {
        "Rest.cs": """
using RestSharp;

public class Rest
{
    public void Send(string page)
    {
        var client = new RestClient("https://graph.facebook.com/v24.0");
        var request = new RestRequest("me/albums", Method.Get);  // # => GET /me/albums [id,name]
        request.AddParameter("fields", "id,name");
        client.Execute(request);
        client.Execute(new RestRequest($"{page}/feed", Method.POST));  // # => POST /{}/feed
        client.ExecuteGetAsync(new RestRequest("me/accounts"));  // # => GET /me/accounts
        client.ExecutePostAsync(new RestRequest("me/photos"));  // # => POST /me/photos
    }
}
"""
    },
    "a service that is handed to whoever needs it": {
        "Services/GraphService.cs": """
namespace Shop.Services;

public class GraphService
{
    private const string BaseUrl = "https://graph.facebook.com/v24.0";
    private readonly HttpClient _http;

    public GraphService(HttpClient http)
    {
        _http = http;
    }

    public async Task<string> GetAsync(string path, string fields = "id")
    {
        var url = $"{BaseUrl}/{path}?fields={fields}";
        return await _http.GetStringAsync(url);
    }
}
""",
        "Controllers/PagesController.cs": """
namespace Shop.Controllers;

public class PagesController : Controller
{
    private readonly GraphService _graph;

    public PagesController(GraphService graph) => _graph = graph;

    public async Task<IActionResult> Index(string id)
    {
        var accounts = await _graph.GetAsync("me/accounts");  // # => GET /me/accounts [id]
        return View(await _graph.GetAsync($"{id}/posts", "id,message"));  // # => GET /{}/posts [id,message]
    }
}
""",
    },
}


@pytest.mark.parametrize("app", CALLS.values(), ids=CALLS)
def test_calls(check_calls, app):
    check_calls(app)


def test_scopes_in_an_address(check):
    check(
        {
            "Scopes.cs": SCOPES,
            "Login.cs": """
public class Login
{
    public string Url() => QueryHelpers.AddQueryString("https://www.facebook.com/v24.0/dialog/oauth", new Dictionary<string, string>  // # -> facebook-login: pages_manage_posts pages_show_list
    {
        ["client_id"] = "1",
        ["scope"] = string.Join(",", Scopes.Pages),
    });

    public string Built()
    {
        var query = HttpUtility.ParseQueryString(string.Empty);
        query["client_id"] = "1";
        query["scope"] = "email";
        return "https://www.facebook.com/v24.0/dialog/oauth?" + query.ToString();  // # -> facebook-login: email
    }
}
""",
        }
    )


def test_what_only_names_permissions_asks_for_nothing(check):
    check(
        {
            "FacebookScopes.cs": """
public static class FacebookScopes
{
    /// <summary>Asks for the public profile of facebook.</summary>
    public static readonly FacebookScope UserLikes = FacebookScope.RegisterScope("user_likes", "x");
    public const string Photos = "user_photos";
}
public class Comment
{
    public bool HasUserLikes => HasJsonProperty("user_likes");
}
"""
        }
    )
