"""Libraries of Java and Kotlin, and calls of the Graph API in these languages; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

APPS = {
    "auth0-android": [
        {
            "app/src/main/java/com/example/Login.kt": """
package com.example

import com.auth0.android.provider.WebAuthProvider

class Login {
    fun facebook(account: Auth0, activity: Activity) {
        WebAuthProvider.login(account)  // # -> facebook-login: email user_friends
            .withConnection("facebook")
            .withConnectionScope("email", "user_friends")
            .start(activity, callback)
        WebAuthProvider.login(account).withConnection("google-oauth2").withConnectionScope("email").start(activity, callback)
    }
}
""",
        },
    ],
    "facebook-android-sdk": [
        {
            "app/src/main/java/com/example/shop/Permissions.java": """
package com.example.shop;

public final class Permissions {
    public static final String[] ALL = {"email", "user_photos"};
    public static final String FRIENDS = "user_friends";
}
""",
            "app/src/main/java/com/example/shop/LoginActivity.java": """
package com.example.shop;

import com.facebook.CallbackManager;
import com.facebook.login.LoginConfiguration;
import com.facebook.login.LoginManager;
import com.facebook.login.widget.LoginButton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

public class LoginActivity extends AppCompatActivity {
    private static final List<String> PUBLISH = Collections.singletonList("publish_actions");
    private final CallbackManager callbackManager = CallbackManager.Factory.create();
    private LoginButton button;
    private List<String> extra = new ArrayList<>();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        button = findViewById(R.id.login);
        button.setPermissions("email", Permissions.FRIENDS);  // # -> facebook-login: email user_friends
        LoginButton old = (LoginButton) findViewById(R.id.old);
        old.setReadPermissions(Arrays.asList("user_likes"));  // # -> facebook-login: user_likes
        extra.add("user_hometown");
        button.setOnClickListener(new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                LoginManager.getInstance().logInWithReadPermissions(LoginActivity.this, Arrays.asList(Permissions.ALL));  // # -> facebook-login: email user_photos
                LoginManager.getInstance().logIn(LoginActivity.this, callbackManager, extra);  // # -> facebook-login: user_hometown (maybe)
                LoginManager.getInstance().logIn(LoginActivity.this, Arrays.asList("email", "user_link"), "logger");  // # -> facebook-login: email user_link
                LoginManager.getInstance().logIn(LoginActivity.this, callbackManager, List.of("user_age_range"), "logger");  // # -> facebook-login: user_age_range
            }
        });
    }

    void publish(LoginManager manager) {
        manager.logInWithPublishPermissions(this, PUBLISH);  // # -> facebook-login: publish_actions
        manager.logIn(this, new LoginConfiguration(List.of("user_gender", "email")));  // # -> facebook-login: email user_gender
        manager.loginWithConfiguration(this, new LoginConfiguration(List.of("user_events"), "nonce"));  // # -> facebook-login: user_events
    }
}
""",
        },
        {
            "app/src/main/kotlin/com/example/shop/auth/Scopes.kt": """
package com.example.shop.auth

const val FRIENDS = "user_friends"
val ALL = listOf("email", FRIENDS)

object Facebook {
    val pages = listOf("pages_show_list") + "pages_manage_posts"
}

enum class Wanted(val value: String) {
    LIKES("user_likes"),
    PHOTOS("user_photos")
}
""",
            "app/src/main/kotlin/com/example/shop/auth/More.kt": """
package com.example.shop.auth

fun extra(): List<String> = ALL + listOf("user_gender")
""",
            "app/src/main/kotlin/com/example/shop/LoginActivity.kt": """
package com.example.shop

import com.example.shop.auth.ALL
import com.example.shop.auth.Facebook
import com.example.shop.auth.Wanted
import com.example.shop.auth.extra
import com.facebook.CallbackManager
import com.facebook.login.LoginManager
import com.facebook.login.widget.LoginButton

class LoginActivity : AppCompatActivity() {
    private lateinit var button: LoginButton
    private val callbackManager by lazy { CallbackManager.Factory.create() }
    private val scopes = mutableListOf("user_birthday")

    override fun onCreate(savedInstanceState: Bundle?) {
        button = findViewById(R.id.login)
        button.permissions = listOf("user_hometown")  // # -> facebook-login: user_hometown
        findViewById<LoginButton>(R.id.other).setPermissions("user_location")  // # -> facebook-login: user_location
        val third = findViewById<LoginButton>(R.id.third)
        third.setPermissions("user_likes", "email")  // # -> facebook-login: user_likes email
        scopes += "user_events"
        button.setOnClickListener {
            LoginManager.getInstance().logInWithReadPermissions(this, ALL)  // # -> facebook-login: email user_friends
            LoginManager.getInstance().logIn(this, callbackManager, permissions = scopes)  // # -> facebook-login: user_birthday user_events (maybe)
            LoginManager.getInstance().apply { logInWithPublishPermissions(this@LoginActivity, Facebook.pages) }  // # -> facebook-login: pages_manage_posts pages_show_list
        }
        with(LoginManager.getInstance()) {
            logIn(this@LoginActivity, extra())  // # -> facebook-login: email user_friends user_gender
        }
        val launcher = registerForActivityResult(
            LoginManager.getInstance().createLogInActivityResultContract(callbackManager, null)
        ) { result -> done(result) }
        launcher.launch(listOf(Wanted.LIKES.value, "user_${Wanted.PHOTOS.name.lowercase()}"))  // # -> facebook-login: user_likes user_photos
        camera.launch(listOf("user_videos"))
    }
}
""",
        },
        {
            "src/Old.java": """
import com.facebook.Session;
import java.util.Arrays;

class Old {
    void open(Activity activity, Session.StatusCallback callback) {
        Session session = Session.getActiveSession();
        session.openForRead(new Session.OpenRequest(activity).setPermissions(Arrays.asList("user_likes", "email")));  // # -> facebook-login: email user_likes
        session.requestNewPublishPermissions(new Session.NewPermissionsRequest(activity, Arrays.asList("publish_actions")));  // # -> facebook-login: publish_actions
    }
}
"""
        },
    ],
    "facebook4j": [
        {
            "src/Share.java": """
import facebook4j.Facebook;
import facebook4j.FacebookFactory;

public class Share {
    public static void main(String[] args) {
        Facebook facebook = new FacebookFactory().getInstance();
        facebook.setOAuthPermissions("email,publish_actions");  // # -> facebook-login: email publish_actions
        facebook.postStatusMessage("Hi");  // # => POST /me/feed
        facebook.getMe();  // # => GET /me
    }
}
"""
        }
    ],
    "firebaseui-android": [
        {
            "src/Main.java": """
import com.firebase.ui.auth.AuthUI;
import java.util.Arrays;

class Main {
    List<AuthUI.IdpConfig> providers() {
        return Arrays.asList(
            new AuthUI.IdpConfig.GoogleBuilder().setScopes(Arrays.asList("profile")).build(),
            new AuthUI.IdpConfig.FacebookBuilder().setPermissions(Arrays.asList("user_friends")).build(),  // # -> facebook-login: email(library) public_profile(library) user_friends
            new AuthUI.IdpConfig.FacebookBuilder().build(),  // # -> facebook-login: email(library) public_profile(library)
            new AuthUI.IdpConfig.Builder(AuthUI.FACEBOOK_PROVIDER).setPermissions(Arrays.asList("user_likes")).build()  // # -> facebook-login: email(library) public_profile(library) user_likes
        );
    }
}
""",
            "src/Main.kt": """
import com.firebase.ui.auth.configuration.auth_provider.AuthProvider

val providers = listOf(
    AuthProvider.Google(scopes = listOf("email"), serverClientId = "x"),
    AuthProvider.Facebook(scopes = listOf("user_posts")),  // # -> facebook-login: user_posts
    AuthProvider.Facebook(),  // # -> facebook-login: email(library) public_profile(library)
)
""",
        }
    ],
    "pac4j": [
        {
            "src/Security.java": """
import org.pac4j.oauth.client.FacebookClient;

public class Security {
    Clients clients() {
        FacebookClient facebook = new FacebookClient("key", "secret");
        facebook.setScope("email,user_birthday");  // # -> facebook-login: email user_birthday
        FacebookClient plain = new FacebookClient("key", "secret");  // # -> facebook-login: email(library) user_birthday(library) user_hometown(library) user_likes(library) user_location(library)
        return new Clients(facebook, plain);
    }
}
"""
        }
    ],
    "restfb": [
        {
            "src/Pages.java": """
import com.restfb.DefaultFacebookClient;
import com.restfb.FacebookClient;
import com.restfb.Parameter;
import com.restfb.Version;
import com.restfb.scope.FacebookPermissions;
import com.restfb.scope.ScopeBuilder;

public class Pages {
    private final FacebookClient client;

    Pages(FacebookClient client) {
        this.client = client;
    }

    String url() {
        ScopeBuilder scopes = new ScopeBuilder();
        scopes.addPermission(FacebookPermissions.PAGES_SHOW_LIST);
        scopes.addPermission(FacebookPermissions.EMAIL).addPermission(FacebookPermissions.USER_PHOTOS);
        return new DefaultFacebookClient(Version.LATEST).getLoginDialogUrl("1", "https://example.com", scopes);  // # -> facebook-login: email pages_show_list public_profile user_photos
    }

    void use(String id) {
        client.fetchObject("me", User.class, Parameter.with("fields", "id,name"));  // # => GET /me [id,name]
        client.fetchConnection("me/accounts", Account.class);  // # => GET /me/accounts
        client.publish(id + "/feed", Post.class, Parameter.with("message", "Hi"));  // # => POST /{}/feed sends=message
        client.deleteObject(id);  // # => DELETE /{}
    }
}
"""
        }
    ],
    "scribejava": [
        {
            "src/Login.java": """
import com.github.scribejava.apis.FacebookApi;
import com.github.scribejava.apis.GoogleApi20;
import com.github.scribejava.core.builder.ServiceBuilder;

class Login {
    OAuth20Service service = new ServiceBuilder("id").apiSecret("x").defaultScope("email,user_likes").callback("y").build(FacebookApi.instance());  // # -> facebook-login: email user_likes
    OAuth20Service google = new ServiceBuilder("id").defaultScope("email").build(GoogleApi20.instance());
    OAuthService old = new ServiceBuilder().provider(FacebookApi.class).apiKey("x").scope("user_photos").build();  // # -> facebook-login: user_photos
}
"""
        }
    ],
    "simple-auth": [
        {
            "src/Login.kt": """
import com.jaychang.sa.facebook.SimpleAuth

fun connect() {
    SimpleAuth.connectFacebook(listOf("user_birthday", "user_friends"), object : AuthCallback {  // # -> facebook-login: user_birthday user_friends
        override fun onSuccess(user: SocialUser) {
            show(user)
        }
    })
}
"""
        }
    ],
    "spring-security": [
        {
            "src/main/java/com/example/Security.java": """
package com.example;

import org.springframework.security.config.oauth2.client.CommonOAuth2Provider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

class Security {
    ClientRegistration plain() {
        return CommonOAuth2Provider.FACEBOOK.getBuilder("facebook").clientId("1").build();  // # -> facebook-login: email(library) public_profile(library)
    }

    ClientRegistration more() {
        return CommonOAuth2Provider.FACEBOOK.getBuilder("facebook").clientId("1").scope("email", "pages_show_list").build();  // # -> facebook-login: email pages_show_list
    }

    ClientRegistration own() {
        return ClientRegistration.withRegistrationId("facebook")  // # -> facebook-login: email user_posts
            .clientId("1")
            .scope("email", "user_posts")
            .authorizationUri("https://www.facebook.com/v24.0/dialog/oauth")
            .build();
    }

    ClientRegistration other() {
        return ClientRegistration.withRegistrationId("google").scope("profile", "email").build();
    }
}
"""
        }
    ],
    "spring-social": [
        {
            "src/main/java/org/example/Social.java": """
package org.example;

import org.springframework.social.facebook.connect.FacebookConnectionFactory;

class Social {
    void add(ConnectionFactoryConfigurer configurer) {
        FacebookConnectionFactory factory = new FacebookConnectionFactory("id", "secret");
        factory.setScope("email,user_friends");  // # -> facebook-login: email user_friends
        configurer.addConnectionFactory(factory);
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
def test_what_a_library_is_asked_for(app, check):
    check(app)


def test_each_file_that_asks_passes_the_prefilter(check_needles):
    check_needles("libraries_jvm.toml", APPS)


CALLS = {
    "Android SDK in Java": {
        "src/Graph.java": """
import android.os.Bundle;
import com.facebook.AccessToken;
import com.facebook.GraphRequest;
import com.facebook.GraphRequestBatch;
import com.facebook.GraphResponse;
import com.facebook.HttpMethod;

class Graph {
    void me(AccessToken token) {
        GraphRequest request = GraphRequest.newMeRequest(token, new GraphRequest.GraphJSONObjectCallback() {  // # => GET /me [id,name,email] via=facebook-android-sdk
            @Override
            public void onCompleted(JSONObject object, GraphResponse response) {
                name = object.optString("name");
                likes(token);
            }
        });
        Bundle parameters = new Bundle();
        parameters.putString("fields", "id,name,email");
        request.setParameters(parameters);
        request.executeAsync();
    }

    void likes(AccessToken token) {
        new GraphRequest(token, "/" + token.getUserId() + "/likes", null, HttpMethod.GET, r -> done(r)).executeAsync();  // # => GET /{}/likes
        post("/me/feed", new Bundle());  // # => POST /me/feed
        GraphRequest accounts = GraphRequest.newGraphPathRequest(token, "/me/accounts", null);  // # => GET /me/accounts
        new GraphRequestBatch(accounts, GraphRequest.newPostRequest(token, "me/photos", null, null)).executeAsync();  // # => POST /me/photos
    }

    private void post(String path, Bundle sent) {
        new GraphRequest(AccessToken.getCurrentAccessToken(), path, sent, HttpMethod.POST).executeAsync();
    }
}
"""
    },
    "Android SDK in Kotlin": {
        "src/Graph.kt": """
import androidx.core.os.bundleOf
import com.facebook.*

fun me(token: AccessToken) {
    val request = GraphRequest.newMeRequest(token) { user, response ->  // # => GET /me [id,name]
        val name = user?.optString("name")
    }
    request.parameters = Bundle().apply { putString("fields", "id,name") }
    request.executeAsync()
    GraphRequest(token, "/me/accounts", bundleOf("fields" to "id,access_token"), HttpMethod.GET) { done(it) }.executeAsync()  // # => GET /me/accounts [id,access_token]
    GraphRequest(accessToken = token, graphPath = "me/photos", httpMethod = HttpMethod.POST).executeAsync()  // # => POST /me/photos
    GraphRequest.newGraphPathRequest(token, "/${token.userId}/feed", null).apply {  // # => GET /{}/feed [message]
        parameters = Bundle().apply { putString("fields", "message") }
    }.executeAsync()
}
"""
    },
    "HTTP in Java": {
        "src/Http.java": """
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.apache.http.client.methods.HttpGet;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

class Http {
    static final String BASE = "https://graph.facebook.com/v24.0";
    private final RestTemplate rest = new RestTemplate();

    void send(String id, String token) throws Exception {
        HttpURLConnection get = (HttpURLConnection) new URL(BASE + "/me/accounts?access_token=" + token).openConnection();  // # => GET /me/accounts version=v24.0
        URL url = new URL(String.format("%s/%s/feed", BASE, id));
        HttpURLConnection post = (HttpURLConnection) url.openConnection();  // # => POST /{}/feed
        post.setRequestMethod("POST");
        post.setDoOutput(true);
        HttpURLConnection both = (HttpURLConnection) new URL(BASE + "/me/photos").openConnection();  // # => POST /me/photos
        both.setDoOutput(true);
        Request request = new Request.Builder().url(BASE + "/me/messages").post(body).build();  // # => POST /me/messages
        Request plain = new Request.Builder().url(HttpUrl.parse(BASE + "/me").newBuilder().addQueryParameter("fields", "id").build()).build();  // # => GET /me [id]
        HttpRequest modern = HttpRequest.newBuilder(URI.create(BASE + "/me/likes")).GET().build();  // # => GET /me/likes
        HttpRequest removing = HttpRequest.newBuilder().uri(URI.create(BASE + "/12")).DELETE().build();  // # => DELETE /12
        new HttpGet(BASE + "/me/albums");  // # => GET /me/albums
        rest.getForObject(UriComponentsBuilder.fromHttpUrl(BASE + "/me/posts").queryParam("fields", "message").toUriString(), Map.class);  // # => GET /me/posts [message]
        rest.exchange(BASE + "/me/events", HttpMethod.DELETE, null, Map.class);  // # => DELETE /me/events
        queue.add(new JsonObjectRequest(com.android.volley.Request.Method.POST, BASE + "/me/videos", null, a, b));  // # => POST /me/videos
        StringBuilder built = new StringBuilder(BASE).append("/").append(id);
        built.append("/friends");
        new URL(built.toString()).openStream();  // # => GET /{}/friends
        new URL("https://example.com/me").openStream();
    }
}
"""
    },
    "a client that is handed to whoever needs it": {
        "src/main/java/com/example/GraphClient.java": """
package com.example;

public class GraphClient {
    private static final String GRAPH = "https://graph.facebook.com/v24.0/";
    private final RestTemplate rest;

    public GraphClient(RestTemplate rest) {
        this.rest = rest;
    }

    public String get(String path) {
        return get(path, "id");
    }

    public String get(String path, String fields) {
        return rest.getForObject(GRAPH + path + "?fields=" + fields, String.class);
    }
}
""",
        "src/main/java/com/example/Pages.java": """
package com.example;

public class Pages {
    private final GraphClient facebook;

    public Pages(GraphClient facebook) {
        this.facebook = facebook;
    }

    String accounts() {
        return facebook.get("me/accounts");  // # => GET /me/accounts [id]
    }

    String posts(String page) {
        return facebook.get(page + "/posts", "id,message");  // # => GET /{}/posts [id,message]
    }
}
""",
    },
    "Meta's business SDK": {
        "src/Ads.java": """
import com.facebook.ads.sdk.*;

class Ads {
    private final APIContext context = new APIContext("token").enableDebug(true);

    void run(String id) throws APIException {
        AdAccount account = new AdAccount(id, context);
        APINodeList<Campaign> campaigns = account.getCampaigns().requestNameField().execute();  // # => GET /{}/campaigns
        account.createCampaign().setName("x").setStatus(Campaign.EnumStatus.VALUE_PAUSED).execute();  // # => POST /{}/campaigns
        new AdAccount("act_1", context).getInsights().execute();  // # => GET /act_1/insights
        new Campaign(id, context).get().requestNameField().execute();  // # => GET /{}
    }
}
"""
    },
    "constants that are imported by themselves": {
        "src/com/example/Feed.kt": """
package com.example

import com.facebook.GraphRequest
import com.facebook.HttpMethod
import com.facebook.HttpMethod.*

fun publish(token: AccessToken, sent: Bundle, done: GraphRequest.Callback) {
    GraphRequest(token, "/me/feed", sent, POST, done).executeAsync()  // # => POST /me/feed
    val request = GraphRequest.newGraphPathRequest(token, "/me/permissions/email", done)  // # => DELETE /me/permissions/email
    request.httpMethod = HttpMethod.DELETE
    request.executeAsync()
}
"""
    },
    "HTTP in Kotlin": {
        "src/Http.kt": """
object Config {
    const val GRAPH = "https://graph.facebook.com/v24.0"
}

class Api(private val client: HttpClient, private val base: String = Config.GRAPH) {
    suspend fun posts(id: String) = client.get("$base/$id/posts") { parameter("limit", 3) }  // # => GET /{}/posts

    fun likes(token: String) {
        val connection = URL("${Config.GRAPH}/me/likes?access_token=$token").openConnection() as HttpURLConnection  // # => POST /me/likes
        connection.requestMethod = "POST"
        val request = Request.Builder().url(Config.GRAPH + "/me/feed").delete().build()  // # => DELETE /me/feed
        val head = Request.Builder().url(Config.GRAPH + "/me").head().build()  // # => HEAD /me
        val address = Uri.parse(Config.GRAPH).buildUpon().appendPath("me").appendPath("accounts").build()
        URL(address.toString()).readText()  // # => GET /me/accounts
    }
}
"""
    },
    "the sample code of the documentation": {
        "src/Sample.java": """
import com.facebook.*;

class Sample {
    void permissions() {
        /* make the API call */
        new GraphRequest(  // # => GET /{user-id}/permissions
            AccessToken.getCurrentAccessToken(),
            "/{user-id}/permissions",
            null,
            HttpMethod.GET,
            new GraphRequest.Callback() {
                public void onCompleted(GraphResponse response) {
                    /* handle the result */
                }
            }
        ).executeAsync();
    }
}
""",
        "snippet.java": """
import com.facebook.GraphRequest;
/* make the API call */
new GraphRequest(  // # => GET /{user-id}/permissions
    AccessToken.getCurrentAccessToken(),
    "/{user-id}/permissions",
    null,
    HttpMethod.GET,
    new GraphRequest.Callback() {
        public void onCompleted(GraphResponse response) {
            /* handle the result */
        }
    }
).executeAsync();
""",
    },
}


@pytest.mark.parametrize("app", CALLS.values(), ids=CALLS)
def test_calls(check_calls, app):
    check_calls(app)


TRAPS = {
    "a library's own names": {
        "src/FacebookPermissions.java": """
public enum FacebookPermissions {
    EMAIL("email"), PAGES_SHOW_LIST("pages_show_list");

    private final String name;

    FacebookPermissions(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }
}
""",
        "src/Likes.java": """
class Likes {
    @Facebook("user_likes")
    private List<Like> userLikes;
    boolean granted(Set<String> scopes) {
        return scopes.contains("publish_actions") || AccessToken.getCurrentAccessToken().getPermissions().contains("user_posts");
    }
}
""",
    },
    "other providers": {
        "src/Main.kt": """
val google = GoogleSignInOptions.Builder().requestScopes(Scope("email")).build()
val provider = OAuthProvider.newBuilder("twitter.com").setScopes(listOf("email", "user_likes")).build()
val text = "https://www.facebook.com/page"
""",
    },
}


@pytest.mark.parametrize("app", TRAPS.values(), ids=TRAPS)
def test_what_is_not_asked_for(check, app):
    check(app)
