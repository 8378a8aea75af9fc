/* Words that name no design, of two kinds: those that occur in every request and do not
 * tell designs apart, and those people put around a request. A word of the second kind
 * may still be another design's own: "flags", "carry".
 */
#include "config.h"

#include "backends/cookbook/cookbook_filler.h"

#include "backends/cookbook/cookbook_words.h"

/* Words that occur in nearly every request and point to no design. */
static const char common[] =
	"a an the with and of in for to that which is it its on by verilog "
	"systemverilog vhdl module design write make create give me need i please "
	"testbench test bench parameter parameterized parametric generic simple basic "
	"rtl code circuit hardware implement build want using use bit bits width wide "
	"reset clock clk enable synchronous asynchronous input output signal one from "
	"my can you should have has some each every sync async active high low example "
	"show how do small when or as at be value values data into between two pls plz "
	"flip just like would could new nice good fast quick tiny little big large clean "
	"robust synthesizable configurable parametrizable standard true real hz khz mhz "
	"ghz both classic typical proper working self checking flag outputs inputs ein "
	"eine einen einem einer der die das den dem mit und fuer von zu ich brauche "
	"bitte im als breit breite modul takt schreibe synchroner synchronem "
	"ruecksetzen eingang ausgang eingaenge un una el la los las de del con y para "
	"por que quiero necesito ancho reinicio sincrono habilitacion reloj entrada "
	"salida entradas une le les des du avec et pour je veux voudrais horloge remise "
	"sur entrees sortie synchrone asynchrone "
	/* polite phrases */
	"s il vous plait svp merci bonjour j ai besoin moi fais faites ecris ecrivez hallo danke "
	"koennte koenntest koennen du mir sie machen mach gib favor gracias hola hazme haz puedes ";

/* Words around a request that ask for nothing. */
static const char chatter[] =
	"liaison vers welcher welche welches several against quitar quand wenn cuando selon segun "
	"nach cual tiene tienen quel quelle exactly genau exactement "
	"exactamente whenever something tell say talk ms us ns "
	"flags takte ciclos memory depending supporting single cent cents tells hours uebertrag "
	"carry hello hallo bonjour hola thanks thank danke merci gracias hey please bitte homework "
	"assignment project projekt "
	"projet course class lab exercise student professor teacher task work uebung aufgabe kurs "
	"devoir cours exercice "
	"fpga board basys nexys arty altera xilinx quartus vivado intel lattice icestick tang nano "
	"verilator icarus asic "
	"help hilfe aide about also able after again all already always and any anyone are around "
	"because been before "
	"being both but case comments commented could does doing done down each easy either else "
	"even every example "
	"explain explained explanation file find first from full fully gets getting give given "
	"goes going gonna good great "
	"have having here into kind know last learn learning less let like line lines look made "
	"main makes making many "
	"maybe more most much must name named need needed needs never next nice not now number "
	"numbers once one only other "
	"our out over own part per plus possible pretty problem quick ready really right run runs "
	"said same say see set "
	"should side since some something sort start still such sure take takes than that the "
	"their them then there these "
	"they thing this those through till time times together too under until upon used uses "
	"using very via wants was "
	"way well were what whatever when where which while who whose why will with within without "
	"work works would write "
	"writes written wrote you your yours simple tiny parallel proper circuit circuits logic "
	"gate digital electronic "
	"hdl language counter component block unit device core description entity style version "
	"stuff basically wanna "
	"kann kannst koennen koennte mach mache machen moechte will wollen brauch brauche brauchen "
	"habe haben hat hast ist "
	"sind sein soll sollte sollen wird werden wenn dann auch noch nur mir mich mein meine "
	"meinen meinem meiner uns "
	"unser als aber oder nicht kein wie was wer alle aller eines jede jeden jeder ueber unter "
	"nach aus bei bis durch "
	"einfach einfache einfachen einfacher schreib schreibe schreiben erstelle erstellen baue "
	"bauen entwirf entwerfe "
	"gib zeig zeige machst schaltung baustein beispiel einheit steuerung "
	"faire fais fait donne donnez ecris ecrire ecrivez besoin voudrais aimerais peux peut "
	"pouvez est sont soit avoir "
	"dans qui que quoi comme mais tout tous toute simple circuit exemple mon ma mes notre son "
	"sa ses ce cette cet sous "
	"realiser concevoir conception creer code coder svp plait "
	"hacer haz dame escribe escribir necesito quisiera puedes puede como pero todo todos esta "
	"este ejemplo circuito "
	"diseno disena crear codigo favor modulo "
	"bits wide width depth high low rising edge positive active level posedge clocked reset "
	"resets clear cleared "
	"inputs outputs port ports pin pins output input signal signals ausgang ausgaenge eingang "
	"eingaenge entree "
	"entrees sortie sorties entrada entradas salida salidas clock clocks takt horloge reloj "
	"cycle cycles zyklen "
	"testbench testbenches bench test tests checking checks verify verification simulation "
	"simulate banc essai prueba "
	"pruebas mots octets worte woerter palabras bytes byte word words each jeweils chacun "
	"chaque cada "
	"breit breite largeur tiefe profondeur ancho profundidad groesse taille size sized large "
	"long lang "
	"seconds milliseconds second sekunden secondes baud bauds baudrate baudios rate frequency "
	"frequenz frequence "
	"detecting detects counting counting controller generator converter implementation "
	"implement implementing";

bool cookbook_common(const struct word *w)
{
	return w->number || word_means(w, common);
}

bool cookbook_chatter(const struct word *w)
{
	return word_means(w, chatter);
}
