#!/usr/bin/python3
"""
A bare window of WebKitGTK: of any width, with scripts before the page's own, and a microphone that is granted or refused.

With --automation it belongs to WebKitWebDriver, which grants every microphone itself. Without, it opens --url, and real
prompts can be tried: it says on standard output what the page asked for (PROMPT) and what the page posts by
webkit.messageHandlers.test (POST), and takes from standard input how the next prompts are answered.
"""
import os
import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import GLib, Gtk, WebKit2

options = {
    'width': '1280',
    'height': '800',
    'scripts': '',
    'mic': 'allow',
    'mock': '1',
    'autoplay': '',
    'dark': '0',
    'url': '',
}
for argument in sys.argv[1:]:
    name, _, value = argument[2:].partition('=')
    options[name] = value
is_automated = 'automation' in options


def say(*words):
    print(*words, flush=True)


desktop = Gtk.Settings.get_default()
desktop.set_property('gtk-application-prefer-dark-theme', options['dark'] == '1')
# Pages see it as prefers-reduced-motion. Else every press would wait for the panel to have come up.
desktop.set_property('gtk-enable-animations', False)

context = WebKit2.WebContext.new_ephemeral()
settings = WebKit2.Settings()
settings.set_enable_media_stream(True)
settings.set_enable_write_console_messages_to_stdout('WEBKIT_LOG' in os.environ)
settings.set_enable_mock_capture_devices(options['mock'] == '1')
settings.set_javascript_can_access_clipboard(True)
settings.set_javascript_can_open_windows_automatically(True)
settings.set_hardware_acceleration_policy(
    WebKit2.HardwareAccelerationPolicy.ALWAYS if is_automated else WebKit2.HardwareAccelerationPolicy.NEVER
)

content = WebKit2.UserContentManager()
for file in filter(None, options['scripts'].split(',')):
    with open(file, encoding='utf-8') as script:
        content.add_script(
            WebKit2.UserScript(
                script.read(),
                WebKit2.UserContentInjectedFrames.ALL_FRAMES,
                WebKit2.UserScriptInjectionTime.START,
                None,
                None,
            )
        )


def on_permission(_view, request):
    is_microphone = isinstance(request, WebKit2.UserMediaPermissionRequest)
    if is_microphone and not is_automated:
        say('PROMPT', options['mic'])
    is_known = is_microphone or isinstance(request, WebKit2.DeviceInfoPermissionRequest)
    if is_known and options['mic'] == 'allow':
        request.allow()
    else:
        request.deny()
    return True


def on_permission_query(_view, query):
    if query.get_name() != 'microphone':
        return False
    # As Safari: what was refused or granted once is asked for again, unless the visitor says otherwise in the settings.
    automated = WebKit2.PermissionState.GRANTED if options['mic'] == 'allow' else WebKit2.PermissionState.DENIED
    query.finish(automated if is_automated else WebKit2.PermissionState.PROMPT)
    return True


def open_window(**more):
    if options['autoplay'] == 'allow':
        more['website_policies'] = WebKit2.WebsitePolicies(autoplay=WebKit2.AutoplayPolicy.ALLOW)
    view = WebKit2.WebView(
        web_context=context,
        settings=settings,
        user_content_manager=content,
        is_controlled_by_automation=is_automated,
        **more,
    )
    view.connect('permission-request', on_permission)
    view.connect('query-permission-state', on_permission_query)
    view.set_size_request(50, 50)
    view.connect('web-process-terminated', lambda _, reason: print('The page ended:', reason.value_nick, file=sys.stderr))
    window = Gtk.Window()
    window.set_default_size(int(options['width']), int(options['height']))
    window.add(view)
    view.connect('close', lambda *_: window.destroy())
    window.show_all()
    window.present()
    view.grab_focus()
    return view


def on_session(_context, session):
    information = WebKit2.ApplicationInfo.new()
    information.set_name('window')
    information.set_version(1, 0, 0)
    session.set_application_info(information)
    session.connect('create-web-view', lambda *_: open_window())


def on_input(channel, condition):
    if condition & GLib.IOCondition.IN:
        answer = channel.readline().strip()
        if answer:
            options['mic'] = answer
            say('NOW', answer)
            return True
    # Whoever started this window is gone.
    Gtk.main_quit()
    return False


if is_automated:
    context.set_automation_allowed(True)
    context.connect('automation-started', on_session)
else:
    content.register_script_message_handler('test')
    content.connect('script-message-received::test', lambda _, result: say('POST', result.get_js_value().to_string()))
    GLib.io_add_watch(
        GLib.IOChannel.unix_new(sys.stdin.fileno()), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_input
    )
    open_window().load_uri(options['url'])
Gtk.main()
